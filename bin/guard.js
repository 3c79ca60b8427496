// Plain JavaScript on purpose: it must run on the Node that happens to be there, to say that it is too old.
import { existsSync } from 'node:fs';

const REQUIRED = [24, 12];
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < REQUIRED[0] || (major === REQUIRED[0] && minor < REQUIRED[1])) {
  const bundled = existsSync(new URL('../node_modules/node/bin/node', import.meta.url));
  process.stderr.write(
    [
      `evenkeel needs Node ${REQUIRED.join('.')} or newer; this is ${process.versions.node}.`,
      bundled
        ? 'A fitting Node came with the dependencies: start through npm (`npm start`, `npm test`, `npm run -s evenkeel -- …`), which puts it first.'
        : 'A fitting Node comes with the dependencies, fetched by an install script: run `npm ci` again without `--ignore-scripts`, or install Node 24.12 or newer yourself.',
      '',
    ].join('\n'),
  );
  process.exit(1);
}
