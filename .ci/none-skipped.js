// Fails when a test was skipped: on a machine where everything is installed, a skipped suite is one nobody runs.
import { readFileSync } from 'node:fs';

// What cannot be tried as root, as whom CI runs.
const FOR_OTHERS_THAN_ROOT = /root has it everywhere, so skipped there/;

const results = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const tests = results.testResults.flatMap((file) => file.assertionResults);
const skipped = tests.filter(
  (test) => !['passed', 'failed'].includes(test.status) && !FOR_OTHERS_THAN_ROOT.test(test.fullName),
);
const passed = tests.filter((test) => test.status === 'passed').length;
const failed = tests.filter((test) => test.status === 'failed').length;

process.stdout.write(skipped.map((test) => `skipped: ${test.fullName}\n`).join(''));
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped.length} skipped\n`);
process.exit(failed > 0 || skipped.length > 0 || passed < 500 ? 1 : 0);
