import { SHARED_INITIATIVE } from './shared-initiative.ts';
import type { TeamPlan, Vocabulary } from './team-plan.ts';

const PACE: TeamPlan['pace'] = {
  story: { median: 34, sigma: 0.5 },
  task: { median: 22, sigma: 0.5 },
  bug: { median: 15, sigma: 0.7 },
  support: { median: 8, sigma: 0.6 },
  pause: { median: 7, sigma: 0.6 },
  review: { median: 6, sigma: 0.7 },
  release: { median: 4, sigma: 0.7 },
  rework: 0.1,
};

const WORDS: Vocabulary = {
  verbs: ['Add', 'Calculate', 'Check', 'Explain', 'Limit', 'Publish', 'Recompute', 'Store', 'Validate'],
  places: [
    'for returning customers',
    'in the back office',
    'at month end',
    'for two countries',
    'behind a flag',
    'in the nightly run',
  ],
  symptoms: [
    'round the wrong way',
    'are charged twice',
    'miss the cut-off',
    'show yesterday’s value',
    'fail for joint accounts',
    'stay open after repayment',
  ],
  chores: ['Upgrade', 'Document', 'Archive', 'Add alerts to', 'Tune', 'Remove unused parts of'],
  tools: [
    'the scoring service',
    'the offer store',
    'the contract archive',
    'the rate tables',
    'the bureau client',
    'the back office',
  ],
  questions: ['Help a customer with', 'Look into a complaint about', 'Explain to support'],
  labels: ['compliance', 'tech-debt', 'risk', 'growth'],
};

const LENDING = {
  id: 'lending',
  name: 'Lending',
  timezone: 'Europe/Amsterdam',
  headcount: 3,
  sprints: true,
  releases: false,
  goal: { epic: SHARED_INITIATIVE, date: '2026-12-18' },
  pace: PACE,
  words: WORDS,
} as const satisfies Partial<TeamPlan>;

/** The half of a team that keeps its work in Jira. The other half came with a company that was bought. */
export const LENDING_IN_JIRA: TeamPlan = {
  ...LENDING,
  projectId: '10203',
  projectKey: 'LEN',
  components: ['Scoring', 'Contracts', 'Collections'],
  epics: [
    {
      title: 'Credit bureau connection',
      from: '2025-09-29',
      to: '2026-02-13',
      people: [0, 1, 2],
      topics: ['bureau answers', 'score bands', 'missing records', 'consent checks'],
    },
    {
      title: 'Loan contracts without paper',
      from: '2026-02-16',
      to: '2026-06-12',
      people: [0, 1, 2],
      topics: ['contract templates', 'qualified signatures', 'withdrawal periods', 'contract versions'],
    },
    {
      title: SHARED_INITIATIVE,
      from: '2026-06-15',
      people: [0, 1, 2],
      topics: [
        'instalment schedules',
        'late fees',
        'the credit check',
        'instalment bookings',
        'refunds of plans',
      ],
    },
  ],
};

/** The half that keeps its work in Linear. */
export const LENDING_IN_LINEAR: TeamPlan = {
  ...LENDING,
  projectId: '20201',
  projectKey: 'LND',
  components: ['Offers', 'Partners'],
  epics: [
    {
      title: 'Partner offers',
      from: '2025-09-29',
      to: '2026-03-27',
      people: [0, 1, 2],
      topics: ['partner feeds', 'offer ranking', 'commission reports', 'expired offers'],
    },
    {
      title: 'Offer experiments',
      from: '2026-03-30',
      to: '2026-07-03',
      people: [0, 1, 2],
      topics: ['offer texts', 'control groups', 'result pages', 'offer limits'],
    },
    {
      title: 'Instalment offers',
      initiative: SHARED_INITIATIVE,
      from: '2026-07-06',
      people: [0, 1, 2],
      steps: [
        { name: 'Offers for pilot shops', day: '2026-10-09' },
        { name: 'Offers for all shops', day: '2026-11-27' },
      ],
      topics: ['shop rules', 'offer previews', 'price tags', 'pilot reports', 'shop contracts'],
    },
  ],
};
