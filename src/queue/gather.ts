import type { Job } from 'bullmq';
import type { JobQueue } from './backend.ts';
import { JOBS, type JobPayload } from './jobs.ts';

/** More than this of one source wait for the next of its jobs. */
const MOST_IDS = 1_000;
const PAGE = 500;
const AT_ONCE = 20;

/**
 * Takes the ids of all jobs of the same source that wait to have issues read into this one, which is running, so that
 * they are asked for together. They are kept with it before their own jobs are removed: whatever is cut off where,
 * every id stays with some job, and at worst is read twice. A hint that comes later finds no job waiting, and makes one.
 */
export async function gatherHints(queue: JobQueue, job: Job): Promise<JobPayload<'read-issues'>> {
  const own = JOBS['read-issues'].payload.parse(job.data);
  const ids = new Set(own.ids);
  const absorbed: Job[] = [];
  for (let from = 0; ; from += PAGE) {
    const page: readonly (Job | undefined)[] = await queue.getJobs(
      ['waiting', 'delayed'],
      from,
      from + PAGE - 1,
      true,
    );
    for (const other of page) {
      const hinted = other === undefined || other.id === job.id ? undefined : hintsOf(other);
      if (other === undefined || hinted?.source !== own.source) continue;
      const all = new Set([...ids, ...hinted.ids]);
      if (all.size > MOST_IDS) continue;
      for (const id of all) ids.add(id);
      absorbed.push(other);
    }
    if (page.length < PAGE) break;
  }
  if (absorbed.length === 0) return own;
  const payload = { source: own.source, ids: [...ids] };
  await job.updateData(payload);
  for (let at = 0; at < absorbed.length; at += AT_ONCE) {
    // One that another worker has begun meanwhile stays, and reads its issues again.
    await Promise.allSettled(absorbed.slice(at, at + AT_ONCE).map((other) => other.remove()));
  }
  return payload;
}

function hintsOf({ name, data }: Job): JobPayload<'read-issues'> | undefined {
  return name === 'read-issues' ? JOBS['read-issues'].payload.safeParse(data).data : undefined;
}
