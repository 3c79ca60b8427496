import type { DatabaseAddress } from '#store/postgres/connection.ts';
import { openStore } from '#store/postgres/open.ts';

// Stands for a process that is reading a source: `node places-command.ts ADDRESS SCHEMA SOURCE COUNT` takes so many places
// of five, says how many it got, and keeps them until it is killed.
const [address = '""', schema = '', source = '', count = '0'] = process.argv.slice(2);
const store = await openStore({ connection: JSON.parse(address) as DatabaseAddress, schema });
let taken = 0;
for (let i = 0; i < Number(count); i += 1) {
  if ((await store.takePlace(source, 5)) !== undefined) taken += 1;
}
process.stdout.write(`${taken}\n`);
setInterval(() => undefined, 60_000);
