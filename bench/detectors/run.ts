import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Outcome, outcomeOf, type Task } from './tasks.ts';

/**
 * Everything that some tasks find, in their order: how many processes share the work changes how long
 * it takes and nothing else.
 */
export async function run(
  tasks: readonly Task[],
  processes: number,
  note: (done: number, of: number) => void = () => {},
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  let [next, done] = [0, 0];
  const finished = (place: number, outcome: Outcome) => {
    outcomes[place] = outcome;
    done += 1;
    note(done, tasks.length);
  };
  if (processes <= 1) {
    tasks.forEach((task, place) => {
      finished(place, outcomeOf(task));
    });
    return outcomes;
  }
  const work = async () => {
    // Plain JSON would lose that something has no end.
    const part = fork(fileURLToPath(new URL('./part.ts', import.meta.url)), { serialization: 'advanced' });
    const failed = once(part, 'exit').then(([code]) => {
      throw new Error(`A part of the work ended with ${code}.`);
    });
    try {
      while (next < tasks.length) {
        const place = next;
        next += 1;
        const answer = once(part, 'message');
        part.send({ ...tasks[place] });
        const [outcome] = await Promise.race([answer, failed]);
        finished(place, outcome);
      }
    } finally {
      failed.catch(() => {});
      part.kill();
    }
  };
  await Promise.all(Array.from({ length: processes }, work));
  return outcomes;
}
