import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../src/main.ts';
import type { Owner } from '../../../src/model/desired.ts';
import { liveContext } from '../../kernel/director.ts';
import { HealthDaemon } from '../../kernel/health-daemon.ts';
import { healthSpec } from '../../kernel/health-site.ts';
import { runKeepalived } from '../../kernel/keepalived/running.ts';

/** Somebody who checks the real servers of a site and writes its table. */
export interface Rival {
  log(): string;
  /** When it said that a real server, such as `web/nat-1`, is down, since then; null where it does not say so to the millisecond. */
  saidDown(label: string, since: number): number | null;
  end(): Promise<void>;
}

/** Starts one in a director's network namespace, by the same spec. */
export const RIVALS: Readonly<Record<Owner, (netns: string) => Promise<Rival>>> = {
  lvsctl: async (netns) => {
    const daemon = new HealthDaemon(netns, healthSpec());
    await daemon.start();
    const saidDown = (subject: string, since: number) => {
      const line = daemon.heard({ event: 'verdict', subject, to: 'down' }, since);
      return line === undefined ? null : Date.parse(line.time);
    };
    return { log: () => daemon.log, saidDown, end: () => daemon.end() };
  },
  keepalived: async (netns) => {
    const ends: (() => unknown)[] = [];
    const conf = await renderedBySpec(healthSpec({ owner: 'keepalived' }));
    const running = await runKeepalived({ after: (end) => ends.push(end) }, netns, conf);
    return {
      log: running.log,
      saidDown: () => null,
      end: async () => {
        for (const end of ends) await end();
      },
    };
  },
};

/** What `lvsctl render keepalived` prints. */
async function renderedBySpec(spec: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'side-by-side-'));
  try {
    const file = join(folder, 'site.lvs.yaml');
    writeFileSync(file, spec);
    const { context, ended } = liveContext({ PATH: process.env.PATH ?? '' }, folder);
    await run(['render', 'keepalived', '--director', 'director', '-f', file], context);
    if (ended.exitCode !== 0) throw new Error(`lvsctl render keepalived failed:\n${ended.stderr}`);
    return ended.stdout;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
