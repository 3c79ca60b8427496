/** What people call the initiative that lives in both trackers: an epic in one, an initiative in the other. */
export const SHARED_INITIATIVE = 'Pay in instalments';
