import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSpecFiles } from '../../src/host/files.ts';
import type { WatchedFile } from '../../src/host/observe-spec.ts';
import { type WatchSpecOptions, watchSpec } from '../../src/host/watch.ts';
import { temporaryDirectory } from './temporary-directory.ts';

export interface Watching {
  /** The spec's text at each change, files joined by `|`. */
  readonly changes: readonly string[];
  /** `kind: message` of each problem. */
  readonly problems: readonly string[];
  /** Waits for a state of the two above, at most 8 s. */
  until(done: () => boolean): Promise<void>;
  /** Waits for as long as an event takes to become a change, and some. */
  settle(): Promise<void>;
  check(): Promise<void>;
  close(): Promise<void>;
}

/** Watches a path the way the daemon does; the poll is off unless a test asks for it, so that events must come. */
export async function startWatching(
  t: TestContext,
  path: string,
  options: Partial<WatchSpecOptions<WatchedFile>> & { readonly expectStart?: boolean } = {},
): Promise<Watching> {
  const changes: string[] = [];
  const problems: string[] = [];
  const watcher = watchSpec<WatchedFile>({
    paths: [path],
    readFiles: () => readSpecFiles([path], { cwd: '/', readStdin: async () => '' }),
    cwd: '/',
    onChange: ({ files }) => changes.push(files.map(({ text }) => text).join('|')),
    onError: ({ kind, message }) => problems.push(`${kind}: ${message}`),
    pollSeconds: 3600,
    ...options,
  });
  t.after(() => watcher.close());
  const until = async (done: () => boolean): Promise<void> => {
    for (const end = performance.now() + 8000; !done(); await sleep(20)) {
      if (performance.now() > end) throw new Error(`Not in 8 s: ${JSON.stringify({ changes, problems })}`);
    }
  };
  const settle = (): Promise<void> => sleep(500);
  if (options.expectStart ?? true) await until(() => changes.length === 1);
  // The watchers report themselves ready some 10 ms later; what happens until then needs no event to be seen.
  await settle();
  return { changes, problems, until, settle, check: watcher.check, close: watcher.close };
}

/** A file to watch, alone in its directory. */
export function specFile(t: TestContext, text = 'one'): string {
  const path = join(temporaryDirectory(t), 'web.lvs.yaml');
  writeFileSync(path, text);
  return path;
}
