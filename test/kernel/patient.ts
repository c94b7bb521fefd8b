import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { Finding } from '../../src/doctor/finding.ts';
import { run } from '../../src/main.ts';
import type { DoctorDocument } from '../../src/view/doctor-document.ts';
import { until } from '../lab/until.ts';
import { type Director, director } from './director.ts';
import { freshNamespace } from './namespace.ts';

/** A host in a network namespace of its own, whose eth0 is wired to that of a neighbour in another one. */
export interface Patient {
  readonly host: Director;
  readonly netns: string;
  readonly neighbour: string;
  /** Looks at it by the real verb, and tells what was found that is no hint, with ids in the verb's order. */
  examine(...args: string[]): Promise<Examination>;
}

export interface Examination {
  readonly document: DoctorDocument & { readonly exit: { readonly code: number } };
  readonly ids: readonly string[];
  /** Types the commands that the findings of these rules print; without rules, of all of them. */
  typeFixes(...rules: readonly string[]): void;
}

export function patient(t: TestContext): Patient {
  const host = director(t, { env: { PATH: `${withArping(t)}:${process.env.PATH}` } });
  const netns = host.netns ?? assert.fail();
  const neighbour = freshNamespace(t);
  shell(`
    ip link add name ${netns}a type veth peer name ${netns}b
    ip link set ${netns}a netns ${netns} name eth0 up
    ip link set ${netns}b netns ${neighbour} name eth0 up
  `);
  return { host, netns, neighbour, examine: (...args) => examine(host, args) };
}

/** A folder with the arping of busybox, which is that of iputils in all that counts here. */
function withArping(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'arping-'));
  t.after(() => rmSync(folder, { recursive: true }));
  symlinkSync(execFileSync('sh', ['-c', 'command -v busybox'], { encoding: 'utf8' }).trim(), join(folder, 'arping'));
  return folder;
}

async function examine(host: Director, args: readonly string[]): Promise<Examination> {
  const { stdout, stderr, exitCode } = await host.lvsctl('doctor', '-o', 'json', ...args);
  assert.notEqual(stdout, '', stderr);
  const document = JSON.parse(stdout) as Examination['document'];
  assert.equal(document.exit.code, exitCode);
  return {
    document,
    ids: document.findings.filter(({ severity }) => severity !== 'info').map(({ rule }) => rule),
    typeFixes: (...rules) => shell(fixes(document.findings, rules).join('\n')),
  };
}

/** All at once: starting a program from here costs a guest more than most commands do. */
function fixes(findings: readonly Finding[], rules: readonly string[]): readonly string[] {
  const meant = findings.filter(({ rule, fix }) => (rules.length === 0 ? fix.length > 0 : rules.includes(rule)));
  for (const { fix, rule, seen } of meant) assert.ok(fix.length > 0, `${rule} has no command: ${seen}`);
  return meant.flatMap(({ fix }) => fix);
}

/** Runs lines of shell as root, as somebody would type them; stops at the first that fails. */
export function shell(lines: string): string {
  return execFileSync('sh', ['-ec', lines], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

export interface Keepalived {
  readonly pidFile: string;
  /** Kill -9 of all its processes at once, so that none can take anything back. */
  crash(): Promise<void>;
}

/** keepalived in a namespace, as the spec wants it for a director, once it has started. */
export async function startKeepalived(
  t: TestContext,
  { host, netns, name = 'lb1', spec }: { host: Director; netns: string; name?: string; spec: string },
): Promise<Keepalived> {
  const folder = mkdtempSync(join(host.directory, 'keepalived-'));
  const file = (end: string) => join(folder, end);
  writeFileSync(file('spec.lvs.yaml'), spec);
  const { context, ended } = host.context();
  await run(['render', 'keepalived', '--director', name, '-f', file('spec.lvs.yaml')], context);
  assert.equal(ended.exitCode, 0, ended.stderr);
  writeFileSync(file('keepalived.conf'), ended.stdout);
  mkdirSync(file('tmp'));
  const files = ['-f', file('keepalived.conf'), '-p', file('pid'), '-r', file('vrrp'), '-c', file('checkers')];
  const child = spawn('ip', ['netns', 'exec', netns, 'keepalived', '-n', '-l', ...files], {
    stdio: 'ignore',
    // Its own process group, and its own place for what it is asked by signals.
    detached: true,
    env: { ...process.env, TMPDIR: file('tmp') },
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  const crash = async () => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-(child.pid ?? 0), 'SIGKILL');
    await gone;
  };
  t.after(crash);
  await until(() => existsSync(file('vrrp')), { describe: () => ended.stdout });
  return { pidFile: file('pid'), crash };
}

/** Waits until an interface of a namespace has an address, or has it no more. */
export async function untilHeld(netns: string, address: string, isHeld = true): Promise<void> {
  const addresses = () => shell(`ip -n ${netns} -br address`);
  await until(() => addresses().includes(` ${address}/`) === isHeld, { seconds: 60, describe: addresses });
}
