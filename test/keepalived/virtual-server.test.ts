import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lint } from '../../src/lint/lint.ts';
import { loadText } from '../spec/load-text.ts';
import { CHECK_ROWS } from './check-rows.ts';
import { renderedConf } from './rendered.ts';
import { bareLines, leafKeys, type Row, specText } from './row.ts';
import { SERVER_ROWS } from './server-rows.ts';
import { SERVICE_ROWS } from './service-rows.ts';
import { serviceOf, serviceSpec } from './service-spec.ts';

/** What is written of one service, which has to be without a mistake, from its first line to its last. */
async function serviceLines(spec: object): Promise<string[]> {
  const text = specText(serviceSpec({ web: spec }));
  const errors = lint(loadText(text)).filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, []);
  const conf = await renderedConf(text);
  return bareLines(conf.slice(conf.indexOf('virtual_server ')).trimEnd());
}

const PLAIN = [
  'virtual_server 10.100.0.1 80 {',
  'protocol TCP',
  'lb_algo wlc',
  'lb_kind NAT',
  'real_server 10.0.0.1 80 {',
  'weight 1',
  '}',
  'real_server 10.0.0.2 80 {',
  'weight 1',
  '}',
  'real_server 10.0.0.3 80 {',
  'weight 1',
  '}',
  '}',
];

test('a service of which nothing more is said has what keepalived would guess otherwise', async () => {
  assert.deepEqual(await serviceLines(serviceOf(0)), PLAIN);
});

const ROWS: readonly (Row & { readonly in: string; readonly whole: object })[] = [
  ...SERVICE_ROWS.map((row) => ({ ...row, in: 'services.*', whole: serviceOf(0, { service: row.spec }) })),
  ...SERVER_ROWS.map((row) => ({ ...row, in: 'servers.*', whole: serviceOf(0, { server: row.spec }) })),
  ...CHECK_ROWS.map((row) => ({ ...row, in: 'check', whole: serviceOf(0, { server: { check: row.spec } }) })),
];

for (const { in: place, key, spec, writes, whole } of ROWS)
  test(`${place}.${key} as ${JSON.stringify(spec).slice(0, 100)} writes ${writes.join(' ')}`, async () => {
    const lines = await serviceLines(whole);
    assert.ok(includesInOrder(lines, writes), lines.join('\n'));
    assert.ok(!includesInOrder(PLAIN, writes), 'the service without it would have the same lines');
  });

function includesInOrder(lines: readonly string[], wanted: readonly string[]): boolean {
  let from = 0;
  return wanted.every((line) => {
    const at = lines.indexOf(line, from);
    from = at + 1;
    return at !== -1;
  });
}

/** Keys that make no line: they say whose a service is, choose its servers, tell of hosts, or lint refuses them. */
const WITHOUT_ROW =
  /^(drain|owner|pool|depends_on|min_capacity\..*|slow_start\..*|servers\..*|check\..*|sorry_server\.(weight|upper_threshold|lower_threshold|extra|check\..*|host\..*))$/;
const REFUSED = [
  ...['http.method', 'http.headers', 'https.method', 'https.headers', 'https.ca', 'https.verify', 'dns.transport'],
  ...['dns.rcode', 'dns.answer', 'ldap.bind_dn', 'ldap.password_file', 'grpc.service', 'rise'],
  ...['ldap', 'grpc'].flatMap((kind) => ['tls', 'tls.sni', 'tls.ca', 'tls.verify'].map((key) => `${kind}.${key}`)),
  ...['flap_damping.changes', 'flap_damping.within', 'flap_damping.hold'],
];

const COMPLETE: readonly (readonly [what: string, rows: readonly Row[], keys: readonly string[]])[] = [
  ['a service', SERVICE_ROWS, leafKeys(['services', '*']).filter((key) => !WITHOUT_ROW.test(key))],
  [
    'a real server',
    SERVER_ROWS,
    leafKeys(['services', '*', 'servers', '*']).filter((key) => !/^(check|host)\./.test(key)),
  ],
  [
    'a check',
    CHECK_ROWS.filter(({ key }) => !['tcp', 'ping', 'all', 'any'].includes(key)),
    leafKeys(['services', '*', 'check']).filter((key) => !/^(all|any)\./.test(key) && !REFUSED.includes(key)),
  ],
];

for (const [what, rows, keys] of COMPLETE)
  test(`every key of ${what} that keepalived can do has a row`, () => {
    assert.deepEqual([...new Set(rows.map(({ key }) => key))].sort(), [...keys].sort());
  });

test('lb_kind is what most real servers have, and the others say theirs', async () => {
  const servers = {
    a: { address: '10.0.0.1', forwarding: 'dr' },
    b: '10.0.0.2',
    c: { address: '10.0.0.3', forwarding: { tun: { type: 'gre' } } },
    d: '10.0.0.4',
  };
  const lines = await serviceLines(serviceOf(0, { service: { servers } }));
  assert.deepEqual(
    lines.filter((line) => /^(lb_kind|real_server|lvs_method)/.test(line)),
    [
      'lb_kind NAT',
      'real_server 10.0.0.1 80 {',
      'lvs_method DR',
      'real_server 10.0.0.2 80 {',
      'real_server 10.0.0.3 80 {',
      'lvs_method TUN type gre nocsum',
      'real_server 10.0.0.4 80 {',
    ],
  );
});

test('a time that most checks have is said once, and the others say theirs', async () => {
  const check = { tcp: {}, interval: '2s', fast_interval: '1s', timeout: '3s', warmup: 0 };
  const servers = {
    a: { address: '10.0.0.1', check: { ...check, interval: '9s' } },
    b: { address: '10.0.0.2', check },
    c: { address: '10.0.0.3', check },
    d: { address: '10.0.0.4', check: { ...check, tcp: undefined, script: { command: '/bin/true' }, timeout: '4s' } },
    e: { address: '10.0.0.5', check: { file: { track_file: 'drain' }, interval: '7s' } },
  };
  const lines = await serviceLines(serviceOf(0, { service: { servers } }));
  assert.deepEqual(
    lines.filter((line) => /^(delay|connect_timeout|warmup|misc_timeout|real_server)/.test(line)),
    [
      'delay_loop 2',
      'delay_before_retry 1',
      'connect_timeout 3',
      'warmup 0',
      'real_server 10.0.0.1 80 {',
      'delay_loop 9',
      'real_server 10.0.0.2 80 {',
      'real_server 10.0.0.3 80 {',
      'real_server 10.0.0.4 80 {',
      'misc_timeout 4',
      'real_server 10.0.0.5 80 {',
    ],
  );
});
