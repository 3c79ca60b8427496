import { outcomeOf, type Task } from './tasks.ts';

process.on('message', (task: Task) => {
  process.send?.(outcomeOf(task));
});
