import type { Spread } from './chance.ts';

/** What a team is like and what it works on over the year. Everything in its issues follows from this and chance. */
export interface TeamPlan {
  readonly id: string;
  readonly name: string;
  readonly projectId: string;
  readonly projectKey: string;
  /** IANA zone whose working hours the team keeps. */
  readonly timezone: string;
  readonly headcount: number;
  /** Two-week sprints, or none. */
  readonly sprints: boolean;
  /** Monthly releases, or none. */
  readonly releases: boolean;
  readonly pace: Pace;
  readonly components: readonly string[];
  readonly epics: readonly EpicPlan[];
  readonly words: Vocabulary;
  /** The epic that it committed to, and by when. */
  readonly goal: { readonly epic: string; readonly date: string };
  /** People who look after customers' questions from a day on, and hardly get to anything else. */
  readonly supportDesk?: { readonly people: readonly number[]; readonly from: string };
}

/** Working hours that things take, and how often they go wrong. */
export interface Pace {
  readonly story: Spread;
  readonly task: Spread;
  readonly bug: Spread;
  readonly support: Spread;
  /** Between one item and the next: meetings, holidays, help for others. */
  readonly pause: Spread;
  readonly review: Spread;
  readonly release: Spread;
  /** The part of reviews that send the work back. */
  readonly rework: number;
}

export interface EpicPlan {
  readonly title: string;
  /** First and last day on which work for it is begun; without an end it still runs. */
  readonly from: string;
  readonly to?: string;
  /** Who works on it, counted from 0. */
  readonly people: readonly number[];
  /** What its issues are about. */
  readonly topics: readonly string[];
  /** Nobody remembers to close it when all its work is done. */
  readonly forgotten?: true;
  /** A promised version of its own. */
  readonly milestone?: { readonly name: string; readonly day: string };
  /** Dated steps on the way, the first first; work belongs to the one that is next when it is selected. */
  readonly steps?: readonly { readonly name: string; readonly day: string }[];
  /** The initiative it belongs to, by name, where the tracker has such. */
  readonly initiative?: string;
  /** Whoever reports on it says that it is on track, whatever happens. */
  readonly isPraised?: true;
  /** Questions of customers belong here. */
  readonly isSupport?: true;
}

/** Parts of titles: `verb topic place`, `topic symptom`, `chore`, `question`. */
export interface Vocabulary {
  readonly verbs: readonly string[];
  readonly places: readonly string[];
  readonly symptoms: readonly string[];
  readonly chores: readonly string[];
  readonly tools: readonly string[];
  readonly questions: readonly string[];
  readonly labels: readonly string[];
}
