import assert from 'node:assert/strict';
import { test } from 'node:test';
import { impactRows, server, service } from './reload.ts';

interface Around {
  readonly service?: readonly string[];
  readonly server?: readonly string[];
}

/** A service with one server that has these checks. */
function checked(checks: readonly string[], around: Around = {}): string {
  const lines = ['protocol TCP', ...(around.service ?? [])];
  return service(undefined, { lines, servers: [server('10.0.0.21 80', [...(around.server ?? []), ...checks])] });
}

function check(kind: string, ...lines: readonly string[]): string {
  return `${kind} {\n${lines.join('\n')}\n}`;
}

const TCP = check('TCP_CHECK');
const GET = check('HTTP_GET', check('url', 'path /', 'status_code 200'));

const FORGETS: readonly (readonly [title: string, before: string, after: string])[] = [
  ['a check of another kind', checked([TCP]), checked([GET])],
  ['another port', checked([TCP]), checked([check('TCP_CHECK', 'connect_port 81')])],
  ['another time-out', checked([TCP]), checked([check('TCP_CHECK', 'connect_timeout 1')])],
  ['another time-out of its server', checked([TCP]), checked([TCP], { server: ['connect_timeout 1'] })],
  ['another time-out of its service', checked([TCP]), checked([TCP], { service: ['connect_timeout 1'] })],
  ['another path', checked([GET]), checked([GET.replace('path /', 'path /health')])],
  ['another status', checked([GET]), checked([GET.replace('200', '204')])],
  ['another virtualhost of its service', checked([GET]), checked([GET], { service: ['virtualhost a.example'] })],
  ['another name', checked([check('DNS_CHECK', 'name a.example')]), checked([check('DNS_CHECK', 'name b.example')])],
  [
    'another command',
    checked([check('MISC_CHECK', 'misc_path "/bin/a"')]),
    checked([check('MISC_CHECK', 'misc_path "/bin/b"')]),
  ],
  ['no check any more', checked([TCP]), checked([])],
  ['one of two checks', checked([TCP, GET]), checked([TCP, GET.replace('200', '204')])],
  [
    'another check, where only one of two begins as failed',
    checked([TCP]),
    checked([GET, check('TCP_CHECK', 'connect_port 81', 'alpha')]),
  ],
  [
    'a check that takes back the alpha of its server',
    checked([TCP]),
    checked([GET.replace('HTTP_GET {', 'HTTP_GET {\nalpha off')], { server: ['alpha'] }),
  ],
];

for (const [title, before, after] of FORGETS)
  test(`a server that has failed counts as up after a reload with ${title}`, () => {
    assert.deepEqual(impactRows(before, after), ['note failure-forgotten 10.0.0.21:80 of tcp 203.0.113.10:80']);
  });

const REMEMBERS: readonly (readonly [title: string, before: string, after: string])[] = [
  ['nothing else', checked([TCP]), checked([TCP])],
  [
    'other times and tries',
    checked([TCP]),
    checked([check('TCP_CHECK', 'retry 5', 'delay_before_retry 2', 'delay_loop 9', 'warmup 1')]),
  ],
  ['another interval of its service', checked([TCP]), checked([TCP], { service: ['delay_loop 9'] })],
  [
    'a time-out that moves from the server to the check',
    checked([TCP], { server: ['connect_timeout 1'] }),
    checked([check('TCP_CHECK', 'connect_timeout 1')]),
  ],
  ['a first check', checked([]), checked([TCP])],
  ['one more check', checked([TCP]), checked([TCP, GET])],
  ['another check that begins as failed', checked([TCP]), checked([check('TCP_CHECK', 'connect_port 81', 'alpha')])],
  ['another check of a server that begins as failed', checked([TCP]), checked([GET], { server: ['alpha on'] })],
  ['another check of a service that begins as failed', checked([TCP]), checked([GET], { service: ['alpha'] })],
];

for (const [title, before, after] of REMEMBERS)
  test(`a server that has failed stays so with ${title}`, () => {
    assert.deepEqual(impactRows(before, after), []);
  });
