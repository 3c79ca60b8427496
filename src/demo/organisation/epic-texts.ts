/**
 * What is written of some epics, by title: one says all that a goal should, some say a part, and the others nothing. In
 * Linear they are the texts of projects.
 */
export const EPIC_TEXTS: ReadonlyMap<string, string> = new Map([
  [
    'Wallet payouts',
    [
      '## Problem',
      'merchants wait 4 days for their money and ask support where it is',
      '## Impact',
      'a third of the questions to support would not be asked',
      '## Success metric',
      'time from sale to payout from 4 days to 1 day',
      '## Owner',
      'Payments, ask Inês Vidal',
    ].join('\n'),
  ],
  [
    'Consent centre',
    [
      '## Problem',
      'people cannot take a consent back without writing to us',
      '## Impact',
      'TBD',
      '## Success metric',
      'TBD',
    ].join('\n'),
  ],
  [
    'Preview environments',
    'Every branch gets an environment of its own. See the sketch from the last offsite.\n- templates\n- clean-up after a week',
  ],
  [
    'Offline basket',
    [
      '**Why:** one in eight baskets is lost when the connection breaks',
      '**KPI:** lost baskets, currently 12 %, target below 4 %',
      '',
      '- sync when back',
      '- show what is not sent yet',
    ].join('\n'),
  ],
]);
