import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { BODY, PORTS } from './responders.ts';
import { eventually, runKeepalived } from './running.ts';
import { SPEC, world } from './world.ts';

/** Verdicts come soon; but a guest on a busy machine takes seconds to start a program. */
const TIMING = { interval: '1s', timeout: '20s', fall: 1, warmup: 0 };
const MD5 = createHash('md5').update(BODY).digest('hex');

const http = (probe: object, more: object = {}) => ({ http: probe, port: PORTS.http, ...more });
const https = (probe: object) => ({ https: { path: '/ok', ...probe }, port: PORTS.https });
const dns = (probe: object) => ({ dns: probe, port: PORTS.dns });
const udp = (probe: object, port = PORTS.udp) => ({ udp: probe, port });
const smtp = (probe: object) => ({ smtp: probe, port: PORTS.smtp });
const tcp = (port: number) => ({ tcp: {}, port });
const script = (command: string, more: object = {}) => ({ script: { command, ...more } });

/** By service: real servers with their checks. Those called good are healthy, and no others. */
const CHECKS: Readonly<Record<string, Readonly<Record<string, object>>>> = {
  tcp: { good: tcp(PORTS.tcp), bad: tcp(PORTS.closed) },
  http: {
    good: http({ path: '/ok', host: 'www.example.com', body: String.raw`"fine" \(\d+ \$\)`, digest: MD5 }),
    'good-status': http({ path: '/nothing', status: '404' }),
    'good-source': http({ path: '/from' }, { address: '10.0.9.9', source: '10.2.0.1' }),
    'good-version': http({ path: '/1.0', protocol: '1.0' }),
    // keepalived looks for it in the headers too.
    'good-header': http({ path: '/ok', body: 'X-Answered-By: test' }),
    'bad-status': http({ path: '/nothing' }),
    'bad-host': http({ path: '/host', host: 'other.example.com' }),
    'bad-body': http({ path: '/ok', body: '"fine" .200 .' }),
    'bad-digest': http({ path: '/ok', digest: '0'.repeat(32) }),
    'bad-source': http({ path: '/from' }),
    'bad-version': http({ path: '/1.0' }),
  },
  https: {
    good: https({ host: 'www.example.com', body: 'fine' }),
    'good-nameless': https({}),
    'bad-name': https({ host: 'other.example.com' }),
    'bad-body': https({ host: 'www.example.com', body: 'ill' }),
  },
  dns: {
    good: dns({ name: 'example.com', type: 'A' }),
    'bad-name': dns({ name: 'example.org', type: 'A' }),
    'bad-type': dns({ name: 'example.com', type: 'TXT' }),
  },
  udp: {
    good: udp({ payload: '0102', reply: '0axx0c' }),
    'good-prefix': udp({ payload: '0102', reply: '0a' }),
    'good-long': udp({ payload: 'aa', reply: '0a0a' }),
    'good-silent': { ...udp({ payload: 'bb' }), timeout: '1s' },
    'bad-reply': udp({ payload: '0102', reply: '0b' }),
    'bad-short': udp({ payload: '0102', reply: '0a0b0c0d' }),
    'bad-silent': { ...udp({ payload: 'bb', reply: '0a' }), timeout: '1s' },
    'bad-closed': udp({ payload: '0102' }, PORTS.closed),
  },
  smtp: { good: smtp({ helo: 'lb1' }), bad: smtp({ helo: 'lb2' }) },
  ping: { good: { ping: {} }, bad: { ping: {}, address: '198.51.100.1' } },
  script: {
    good: script(`/usr/bin/test 'a b' = "a b"`),
    'good-weighty': script(`/bin/sh -c 'exit 12'`, { dynamic: true }),
    bad: script(`/usr/bin/test a = b`),
    'bad-code': script(`/bin/sh -c 'exit 12'`),
    'bad-slow': { ...script('/bin/sleep 60'), timeout: '1s' },
  },
  file: {
    good: { file: { track_file: 'zero' } },
    'good-weighty': { file: { track_file: 'five', weight: 2 } },
    'good-reverse': { file: { track_file: 'five', weight: -1, reverse: true } },
    bad: { file: { track_file: 'broken' } },
  },
  bfd: { good: { bfd: { instance: 'a' } }, 'good-b': { bfd: { instance: 'b' } }, bad: { bfd: { instance: 'nobody' } } },
  all: {
    good: { all: { a: tcp(PORTS.tcp), b: { ping: {} } } },
    bad: { all: { a: tcp(PORTS.tcp), b: tcp(PORTS.closed) } },
  },
  any: { good: { any: { a: tcp(PORTS.tcp) } }, bad: { any: { a: tcp(PORTS.closed) } } },
};

const WEIGHTS: Readonly<Record<string, number>> = {
  'script good-weighty': 10,
  'file good-weighty': 11,
  'file good-reverse': 6,
};

async function listen(t: TestContext, netns: string): Promise<void> {
  const program = join(import.meta.dirname, 'responders.ts');
  const child = spawn('ip', ['netns', 'exec', netns, process.execPath, program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => void child.kill());
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await eventually(
    'the responders listen',
    () => output.includes('listening'),
    () => output,
  );
}

function healthSpec(folder: string): object {
  const files = Object.fromEntries(['zero', 'five', 'broken'].map((name) => [name, { path: join(folder, name) }]));
  const fast = { min_rx: 200, min_tx: 200 };
  const bfd = {
    a: { neighbor: '10.3.0.2', source: '10.3.0.1', ...fast },
    b: { neighbor: '10.3.0.1', source: '10.3.0.2', ...fast },
    nobody: { neighbor: '10.3.0.9', source: '10.3.0.1', ...fast },
  };
  // With alpha a real server is in the table once its check has succeeded, without it until its check has failed.
  const services = [false, true].flatMap((alpha) =>
    Object.entries(CHECKS).map(([name, servers], index) => {
      const entries = Object.entries(servers).map(([server, check], at) => [
        server,
        { address: `10.0.${index}.${at + 1}`, check: { ...TIMING, ...check } },
      ]);
      const service = {
        vip: `192.0.2.${index + 1}`,
        port: alpha ? 81 : 80,
        alpha,
        servers: Object.fromEntries(entries),
      };
      return [`${name}-${alpha}`, service];
    }),
  );
  return { ...SPEC, track: { files, bfd }, services: Object.fromEntries(services) };
}

function healthyTable(): string[] {
  return [80, 81]
    .flatMap((port) =>
      Object.entries(CHECKS).flatMap(([name, servers], index) => {
        const service = `-t 192.0.2.${index + 1}:${port}`;
        const good = Object.keys(servers).flatMap((server, at) => {
          const weight = WEIGHTS[`${name} ${server}`] ?? 1;
          return server.startsWith('good') ? [`-a ${service} -r 10.0.${index}.${at + 1}:${port} -m -w ${weight}`] : [];
        });
        return [`-A ${service} -s rr`, ...good];
      }),
    )
    .sort();
}

test('each checker leaves exactly those real servers in the kernel that answer as they should', async (t) => {
  const { netns, folder, table } = world(t);
  for (const [name, value] of [
    ['zero', 0],
    ['five', 5],
    ['broken', -2147483648],
  ] as const)
    writeFileSync(join(folder, name), `${value}\n`);
  await listen(t, netns);
  const { log } = await runKeepalived(t, netns, await renderedConf(specText(healthSpec(folder))));
  const wanted = healthyTable();
  const isThere = () => JSON.stringify(table()) === JSON.stringify(wanted);
  await eventually('the table is right', isThere, () => log()).catch(() => undefined);
  assert.deepEqual(table(), wanted, log());
  assert.doesNotMatch(log(), /IPVS.*error|Invalid regex/i);
});
