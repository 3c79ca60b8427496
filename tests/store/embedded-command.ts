import { openEmbeddedPostgres } from '#store/embedded.ts';

// Stands for one command of ours in a process of its own: `node embedded-command.ts DATA_DIR`. It says on stdout what
// it got, stays until it reads a line or gets a SIGINT, closes, and says so.
const database = await openEmbeddedPostgres({ dataDir: process.argv[2] ?? '' });
const end = new Promise((resolve) => {
  process.once('SIGINT', resolve);
  process.stdin.once('data', resolve);
});
say({ startedHere: database.startedHere, connection: database.connection });
await end;
await database[Symbol.asyncDispose]();
say({ closed: true });
process.exit(0);

function say(what: unknown): void {
  process.stdout.write(`${JSON.stringify(what)}\n`);
}
