import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import type { Family } from '../../src/model/address.ts';
import { formatEndpoint } from '../../src/model/address.ts';
import { type Load, startLoad } from '../lab/load-client.ts';
import type { LoadTotals } from '../lab/load.ts';
import { buildSite, runIn, type Site } from '../lab/site.ts';
import { type ForwardingMethod, SITE_GROUPS } from '../lab/site-plan.ts';
import { bundledProgram } from './program.ts';

const METHODS = Object.keys(SITE_GROUPS) as ForwardingMethod[];
const FAMILIES: readonly Family[] = ['ipv4', 'ipv6'];
const URLS = METHODS.flatMap((method) =>
  FAMILIES.map((family) => `http://${formatEndpoint(SITE_GROUPS[method].vips[family], 80)}/`),
);

interface Sketch {
  /** Numbers of the servers in each pool. */
  readonly servers: readonly number[];
  readonly weights?: Readonly<Record<number, number>>;
  readonly scheduler?: string;
}

/** The whole life of a pool, each entry one spec; the load goes on over all of them. */
const LIFE: readonly { claim: string; sketch: Sketch; options?: readonly string[]; exits?: readonly number[] }[] = [
  { claim: 'a third server is added to each pool', sketch: { servers: [1, 2, 3] } },
  { claim: 'weights are raised and lowered', sketch: { servers: [1, 2, 3], weights: { 1: 5, 2: 2 } } },
  { claim: 'the scheduler changes to lc', sketch: { servers: [1, 2, 3], scheduler: 'lc' } },
  { claim: 'a server is drained and removed', sketch: { servers: [1, 3], scheduler: 'lc' } },
  { claim: 'a server is set to weight 0', sketch: { servers: [1, 3], weights: { 3: 0 }, scheduler: 'lc' } },
  { claim: 'it comes back, and the one that was removed too', sketch: { servers: [1, 2, 3], scheduler: 'lc' } },
  { claim: 'a drain begins', sketch: { servers: [2, 3], scheduler: 'lc' }, options: ['--no-wait'], exits: [5, 0] },
  { claim: 'and is cancelled', sketch: { servers: [1, 2, 3], scheduler: 'lc' } },
  { claim: 'the scheduler changes to mh', sketch: { servers: [1, 2, 3], scheduler: 'mh' } },
  { claim: 'one server is exchanged for another', sketch: { servers: [1, 2], scheduler: 'rr' } },
];

let site: Site;
let load: Load;
const folder = mkdtempSync(join(tmpdir(), 'traffic-'));

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('traffic', () => {
  before(async () => {
    site = await buildSite({ prefix: 'traffic-' });
    assert.equal((await apply({ servers: [1, 2] })).status, 0);
    load = await startLoad({
      netns: site.client,
      urls: URLS,
      keepAliveWorkers: 6,
      shortWorkers: 6,
      connectionMilliseconds: 1500,
      pauseMilliseconds: 60,
    });
  });

  after(async () => {
    await site.remove();
    rmSync(folder, { recursive: true });
  });

  for (const { claim, sketch, options = [], exits = [0] } of LIFE) {
    test(`under load by NAT, DR and TUN, ${claim}: no request is lost`, async () => {
      const applied = await apply(sketch, options);
      assert.ok(exits.includes(applied.status), applied.output);
      const totals = await load.snapshot();
      assert.deepEqual({ failures: totals.failures, reasons: totals.reasons }, { failures: 0, reasons: {} });
    });
  }

  test('after all of that the load, over hundreds of requests on kept and short connections, lost none', async (t) => {
    const totals: LoadTotals = await load.stop();
    t.diagnostic(`${totals.requests} requests, ${totals.connections} connections, ${totals.failures} failures`);
    assert.deepEqual(totals.reasons, {});
    assert.equal(totals.failures, 0);
    assert.ok(totals.requests > 300, `${totals.requests} requests`);
    const reached = METHODS.filter((method) => SITE_GROUPS[method].servers.some(({ name }) => totals.answers[name]));
    assert.deepEqual(reached, METHODS);
  });

  test('and the live table is as the last spec wants it', async () => {
    const plan = await lvsctl(['plan', '-f', join(folder, 'site.lvs.yaml'), '--detailed-exitcode']);
    assert.equal(plan.status, 0, plan.output);
    assert.equal(
      runIn(site.director, ['ipvsadm', '-Sn']).match(/^-a /gm)?.length,
      METHODS.length * FAMILIES.length * 2,
    );
  });

  async function apply(sketch: Sketch, options: readonly string[] = []) {
    const path = join(folder, 'site.lvs.yaml');
    writeFileSync(path, specText(sketch));
    return lvsctl(['apply', '-f', path, '--auto-approve', ...options]);
  }

  async function lvsctl(args: readonly string[]): Promise<{ status: number; output: string }> {
    const env = { ...process.env, LVSCTL_STATE_DIR: folder, LVSCTL_RUNTIME_DIR: folder, LVSCTL_NETNS: site.director };
    const run = promisify(execFile)(process.execPath, [bundledProgram(), ...args], { env, encoding: 'utf8' });
    return run.then(
      ({ stdout, stderr }) => ({ status: 0, output: stdout + stderr }),
      (error: { code: number; stdout: string; stderr: string }) => ({
        status: error.code,
        output: error.stdout + error.stderr,
      }),
    );
  }

  function specText(sketch: Sketch): string {
    const services = METHODS.flatMap((method) => FAMILIES.map((family) => serviceText({ method, family }, sketch)));
    // A short tcp_fin, or a server under DR and TUN would stay for the two minutes that closed connections are kept.
    return `version: 1\ntimeouts: { tcp_fin: 3s }\ndefaults: { check: none, drain: 30s }\nservices:\n${services.join('')}`;
  }

  function serviceText({ method, family }: { method: ForwardingMethod; family: Family }, sketch: Sketch): string {
    const { vips, servers } = SITE_GROUPS[method];
    const { scheduler = 'wrr', weights = {} } = sketch;
    const flags = scheduler === 'mh' ? '    scheduler_flags: [mh-fallback]\n' : '';
    const lines = sketch.servers.map((number) => {
      const server = servers[number - 1];
      return `      ${server?.name}: { address: "${server?.addresses[family]}", port: ${server?.port}, weight: ${weights[number] ?? 1} }\n`;
    });
    const head = `  ${method}-${family}:\n    vip: "${vips[family]}"\n    port: 80\n    forwarding: ${method}\n    scheduler: ${scheduler}\n${flags}`;
    return `${head}    servers:\n${lines.join('')}`;
  }
});
