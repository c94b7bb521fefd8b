import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { STATE_FORM } from '../../src/host/state-document.ts';
import { formatDocument } from '../../src/model/stored-document.ts';
import { emptyState, type State } from '../../src/model/state.ts';
import { QUICK_IPVSADM, startFakeIpvsadm } from '../fixtures/fake-ipvsadm-server.ts';
import { Clock } from './clock.ts';
import { FakeTable } from './fake-table.ts';

/** Everything around one scenario's commands: it exists for them alone, and is gone with `close`. */
export interface World {
  readonly cwd: string;
  readonly state: string;
  readonly runtime: string;
  readonly table: FakeTable;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string>>;
  close(): void;
}

type Sections = ReadonlyMap<string, string>;

export async function makeWorld(sections: Sections): Promise<World> {
  const root = mkdtempSync(join(tmpdir(), 'lvsctl-scenario-'));
  const [cwd, state, runtime] = [join(root, 'work'), join(root, 'state'), join(root, 'run')];
  for (const directory of [cwd, state, runtime]) mkdirSync(directory);
  const table = new FakeTable(sections);
  const clock = new Clock();
  const fake = await startFakeIpvsadm(table.content, cwd);
  const world = { cwd, state, runtime, table, clock, env: environment({ root, cwd, state, runtime, ...fake.env }) };
  if (sections.has('owned'))
    writeFileSync(join(state, 'state.json'), formatDocument(readOwned(linesOf(sections, 'owned')), STATE_FORM));
  writeFiles(sections, cwd);
  if (sections.has('git')) commitAll(cwd, sections.get('git')?.trim() ?? '');
  scheduleEvents(sections, world);
  const close = () => {
    fake.close();
    rmSync(root, { recursive: true, force: true });
  };
  return { ...world, env: { ...world.env, ...givenEnvironment(sections, world) }, close };
}

/** The lines of a section that are not empty. */
export function linesOf(sections: Sections, header: string): string[] {
  return (sections.get(header) ?? '').split('\n').filter((line) => line.trim() !== '');
}

function environment(place: Record<string, string> & { root: string; cwd: string; state: string; runtime: string }) {
  const { root, cwd, state, runtime, ...more } = place;
  return {
    PATH: process.env.PATH ?? '',
    HOME: root,
    // What of the machine could leak in: its git settings, and a repository around the temporary directory.
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CEILING_DIRECTORIES: root,
    CONFIGURATION_DIRECTORY: join(cwd, 'etc'),
    LVSCTL_STATE_DIR: state,
    LVSCTL_RUNTIME_DIR: runtime,
    LVSCTL_IPVSADM: QUICK_IPVSADM,
    ...more,
  };
}

function givenEnvironment(sections: Sections, { cwd }: { cwd: string }): Record<string, string> {
  const pairs = linesOf(sections, 'env').map((line): [string, string] => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1).replaceAll('{cwd}', cwd)];
  });
  return { ...(sections.has('tty') ? { NO_COLOR: '1' } : {}), ...Object.fromEntries(pairs) };
}

function writeFiles(sections: Sections, cwd: string): void {
  for (const [header, text] of sections) {
    if (!header.startsWith('file:')) continue;
    const path = join(cwd, header.slice('file:'.length));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

function commitAll(cwd: string, date: string): void {
  const who = { GIT_AUTHOR_NAME: 'ops', GIT_AUTHOR_EMAIL: 'ops@example.com', GIT_AUTHOR_DATE: date };
  const same = { GIT_COMMITTER_NAME: 'ops', GIT_COMMITTER_EMAIL: 'ops@example.com', GIT_COMMITTER_DATE: date };
  const env = { PATH: process.env.PATH ?? '', GIT_CONFIG_GLOBAL: '/dev/null', ...who, ...same };
  for (const args of [
    ['init', '-q'],
    ['add', '.'],
    ['commit', '-q', '-m', 'spec'],
  ])
    execFileSync('git', ['-C', cwd, ...args], { env, stdio: 'pipe' });
}

/** `web  tcp 203.0.113.10:80`, `generation 7`, `drain tcp 203.0.113.10:80 10.0.0.2:80 weight 1 since 60 limit 300`. */
function readOwned(lines: readonly string[]): State {
  const drains = lines.flatMap((line) => {
    const drain = /^drain (.+) (\S+) weight (\d+) since (\d+) limit (\d+)$/.exec(line);
    if (drain === null) return [];
    const [, service = '', server = '', weight, since, limit] = drain;
    const startedAt = Clock.START - Number(since) * 1000;
    return [{ service, server, startedAt, drainSeconds: Number(limit), weight: Number(weight) }];
  });
  const generation = lines.flatMap((line) => /^generation (\d+)$/.exec(line)?.[1] ?? [])[0];
  const owned = lines
    .filter((line) => !/^(drain|generation) /.test(line))
    .map((line) => ({ name: line.split(/ +/)[0] ?? '', key: line.replace(/^\S+ +/, '') }));
  return { ...emptyState, owned, drains, generation: generation === undefined ? null : Number(generation) };
}

/** `after 20s: …` under `connections`; what has no time is so from the beginning. */
function scheduleEvents(sections: Sections, { table, clock }: Pick<World, 'table' | 'clock'>): void {
  for (const line of linesOf(sections, 'connections')) {
    const [, seconds, event = ''] = /^(?:after (\d+)s: )?(.*)$/.exec(line) ?? [];
    if (seconds === undefined) table.connect(event);
    else clock.at(Number(seconds), () => table.connect(event));
  }
}
