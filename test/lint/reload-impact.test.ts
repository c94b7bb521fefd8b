import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reloadFindings } from '../../src/lint/reload-impact.ts';
import type { Impact } from '../../src/model/conf-change.ts';
import { loadText } from '../spec/load-text.ts';

const BASE = `version: 1
directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
vrrp:
  web:
    virtual_router_id: 51
    vips: [203.0.113.10/24, 203.0.113.11/24]
defaults: { forwarding: nat, check: none }
services:
  web:
    vip: 203.0.113.10
    port: 80
    servers:
      a: 10.0.0.1
      b: 10.0.0.2
`;

const MESSAGE = 'something breaks';

function impact(subject: string, more: Partial<Impact> = {}): Impact {
  return { level: 'disruptive', kind: 'kind', subject, message: MESSAGE, ...more };
}

/** Where the finding of one impact is after an edit of the base. */
function place(subject: string, [before, after]: readonly [string, string]): string {
  const loaded = loadText(BASE.replace(before, after));
  const directors = [{ director: 'lb1', impacts: [impact(subject)] }];
  const [finding] = reloadFindings(loaded, { base: loadText(BASE), directors });
  return `${finding?.range.start.line}:${finding?.range.start.column}`;
}

const PLACES: readonly (readonly [title: string, subject: string, edit: readonly [string, string], at: string])[] = [
  ['an instance: what changed in it', 'web', ['virtual_router_id: 51', 'virtual_router_id: 52'], '6:24'],
  ['a VIP: what changed in its instance', '203.0.113.10', ['/24, 203.0.113.11', '/24, 203.0.113.12'], '7:29'],
  ['a VIP that is gone: what changed in the instance that had it', '203.0.113.11', [', 203.0.113.11/24', ''], '7:11'],
  ['a service: the port of it', 'tcp 203.0.113.10:80', ['port: 80', 'port: 81'], '12:11'],
  [
    'a real server that is gone: the servers of its service',
    '10.0.0.2:80 of tcp 203.0.113.10:80',
    ['      b: 10.0.0.2\n', ''],
    '14:7',
  ],
  ['keepalived as a whole: the first thing that changed', 'keepalived', ['eth0', 'eth1'], '3:31'],
];

for (const [title, subject, edit, at] of PLACES)
  test(`a finding stands where the spec changed, ${title}`, () => {
    assert.equal(place(subject, edit), at);
  });

test('the directors that a change costs something are told of once', () => {
  const loaded = loadText(BASE);
  const directors = ['lb1', 'lb2'].map((director) => ({ director, impacts: [impact('web')] }));
  const findings = reloadFindings(loaded, { base: loaded, directors });
  assert.deepEqual(
    findings.map(({ message }) => message),
    [`${MESSAGE} (lb1, lb2)`],
  );
});

test('what is only worth knowing is no finding, and a way out is a hint', () => {
  const loaded = loadText(BASE);
  const impacts = [impact('web', { level: 'note' }), impact('web', { kind: 'other', hint: 'reload it twice' })];
  const findings = reloadFindings(loaded, { base: loaded, directors: [{ director: 'lb1', impacts }] });
  assert.deepEqual(
    findings.map(({ hint }) => hint),
    ['reload it twice'],
  );
});
