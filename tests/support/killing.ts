import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, vi } from 'vitest';
import { type Started, startEvenkeel } from '#tests/cli/run.ts';
import { serverProcesses, temporaryDataFolder } from './data-folder.ts';
import { SALT, type Served } from './served/served.ts';

export type Killing = Awaited<ReturnType<typeof openKilling>>;

/** A data folder, and sources in it that are all the same tracker, so that each of them begins with nothing stored. */
export async function openKilling(served: Served, sources: readonly string[]) {
  const folder = await temporaryDataFolder();
  const scope = [{ source: sources[0] }];
  const document = { sources: sources.map(served.configured), teams: [{ id: 'one', name: 'One', scope }] };
  // JSON is YAML.
  await writeFile(join(folder.path, 'evenkeel.yaml'), JSON.stringify(document));

  const command = (...args: readonly string[]): Started => {
    const where = ['--config', join(folder.path, 'evenkeel.yaml'), '--data', join(folder.path, 'data')];
    const env = { EVENKEEL_SALT: SALT, TRACKER_TOKEN: served.token };
    return startEvenkeel([...args, ...where], { cwd: folder.path, env });
  };

  /** How often issues or histories were asked for. */
  const walked = (since = 0): number =>
    served
      .asked()
      .slice(since)
      .filter(({ what }) => WALKING.test(what)).length;

  /** The store holds what the tracker holds, and the last command took the database server with it. */
  const expectWhole = async (source: string): Promise<void> => {
    expect(serverProcesses(folder.path)).toEqual([]);
    const { code, out } = await command('digest', source).ended;
    expect({ code, out }).toEqual({ code: 0, out: `${served.digest(source)}\n` });
  };

  return {
    command,
    walked,
    expectWhole,
    /** Starts a sync and kills it when it has asked so many times for issues or histories. Whether it came to that. */
    killed: async (source: string, afterRequests: number): Promise<boolean> => {
      const began = served.asked().length;
      const sync = command('sync', source);
      let endedEarly = false;
      void sync.ended.then(() => {
        endedEarly = true;
      });
      const enough = () => endedEarly || walked(began) >= afterRequests;
      await vi.waitUntil(enough, { interval: 1, timeout: 60_000 });
      await sync.kill();
      const { code, err } = await sync.ended;
      expect(err).toContain(`❯ ${source}`);
      if (code === null) {
        // Nobody was left to stop the database server.
        expect(serverProcesses(folder.path)).not.toEqual([]);
      }
      return code === null;
    },
    /** A sync that nobody kills: how many requests for issues and histories and how many issues it took. */
    completed: async (source: string): Promise<{ readonly requests: number; readonly read: number }> => {
      const began = served.asked().length;
      const { code, out, err } = await command('sync', source).ended;
      expect({ code, err }).toEqual({ code: 0, err: expect.stringContaining(`✔ ${source}`) });
      const requests = walked(began);
      await expectWhole(source);
      return { requests, read: Number(/([\d,]+) issues read/.exec(out)?.[1]?.replace(',', '')) };
    },
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

const WALKING = /\/search\/jql$|\/changelog\/bulkfetch$|^Walk$|^Tails$/;
