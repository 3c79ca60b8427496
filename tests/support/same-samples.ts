import { configureGlobal } from 'fast-check';

/** The gate judges a change by the samples that judged the one before it; `npm run test:fuzz` draws others. */
configureGlobal({ seed: 20_261_121 });
