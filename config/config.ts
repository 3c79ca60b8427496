import type { Member } from '#domain/roster.ts';
import type { Team } from '#domain/team.ts';

/** How to reach one tracker. */
export type SourceConfig = JiraSourceConfig | LinearSourceConfig;

export interface JiraSourceConfig {
  readonly id: string;
  readonly kind: 'jira';
  readonly url: string;
  readonly auth: {
    readonly email: string;
    readonly apiToken: string;
    /** Whether it was given scopes. */
    readonly scoped?: boolean;
    /** The day it expires, as YYYY-MM-DD. */
    readonly expires?: string;
  };
  /** Whether comments are read for what they claim; absent: they are left alone. */
  readonly comments?: 'claims';
  /** Whether descriptions are read for what they say of goals; absent: they are left alone. */
  readonly descriptions?: 'goals';
  /** What its webhooks are signed with; absent: none are taken. */
  readonly webhookSecret?: string;
  /** Project keys to read; absent: all that the account can see. */
  readonly projects?: readonly string[];
  /** Ids or names of the fields that gates ask for; absent: none. */
  readonly fields?: readonly string[];
}

export interface LinearSourceConfig {
  readonly id: string;
  readonly kind: 'linear';
  /** Address of the API. */
  readonly url: string;
  readonly auth: { readonly apiKey: string };
  /** Whether comments are read for what they claim; absent: they are left alone. */
  readonly comments?: 'claims';
  /** Whether descriptions are read for what they say of goals; absent: they are left alone. */
  readonly descriptions?: 'goals';
  /** What its webhooks are signed with; absent: none are taken. */
  readonly webhookSecret?: string;
  /** Keys, ids or names of teams to read; absent: all that the key's user can see. */
  readonly teams?: readonly string[];
}

/** A member of a team as somebody wrote it down: with account ids, which nothing behind the store may see. */
export interface MemberConfig extends Omit<Member, 'ids'> {
  /** By source. */
  readonly ids: Readonly<Record<string, string>>;
}

export interface ServerConfig {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: readonly string[];
  readonly tokens: readonly string[];
}

/** A checked configuration with every default filled in and every reference resolved. */
export interface Config {
  readonly organisation: { readonly name: string; readonly timezone: string };
  readonly sources: readonly SourceConfig[];
  readonly teams: readonly Team[];
  /** By team; the teams themselves get their members, as hashes, where the salt is known. */
  readonly rosters?: Readonly<Record<string, readonly MemberConfig[]>>;
  readonly server: ServerConfig;
  readonly syncEveryMinutes: number;
  /** How often sprints and versions are read by themselves, where no issue tells that they were moved (Jira). */
  readonly sweepEveryMinutes: { readonly cycles: number; readonly versions: number };
}
