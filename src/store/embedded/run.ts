import { type SpawnOptions, spawn } from 'node:child_process';
import type { ServerUser } from './server-user.ts';

export interface Finished {
  readonly ok: boolean;
  /** stdout and stderr, as they came. */
  readonly output: string;
}

/** Runs a program to its end as the given user; it never throws because the program failed or is not there. */
export function run(
  program: string,
  args: readonly string[],
  runAs: ServerUser | undefined,
  input = '',
): Promise<Finished> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { ...asServerUser(runAs), stdio: 'pipe' });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    // A program that ends before it reads its input is judged by its exit code, not by the broken pipe.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/**
 * Our own environment holds the trackers' credentials, which the server's user has no business to read, and a locale
 * and zone that must not shape the cluster. Our working directory may be one that user cannot enter.
 */
export function asServerUser(runAs: ServerUser | undefined): SpawnOptions {
  return {
    cwd: '/',
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    ...(runAs === undefined ? {} : { uid: runAs.uid, gid: runAs.gid }),
  };
}
