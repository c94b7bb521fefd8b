import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type HostFacts, known, unknown } from '../../src/doctor/facts.ts';
import { REAL_SERVER_RULES } from '../../src/doctor/rules.ts';
import { thisServer } from '../../src/doctor/serving.ts';
import { desiredOf, device, examineServer, healthy, LO, pairSpec } from './healthy-host.ts';
import { REAL_SERVER_PATH_ROWS } from './real-server-path-rows.ts';
import { REAL_SERVER_ROWS } from './real-server-rows.ts';
import { saidBy } from './row.ts';

const ROWS = [...REAL_SERVER_ROWS, ...REAL_SERVER_PATH_ROWS];
const INTERFACES = known([LO, device('eth0', ['10.0.0.21/24'])]);

for (const { rule, claim, facts, spec = pairSpec(), seen, fix } of ROWS) {
  test(`${rule} ${seen.length > 0 ? 'reports' : 'has nothing to say about'} ${claim}`, () => {
    const said = saidBy(rule, examineServer(healthy({ interfaces: INTERFACES, ...facts }), spec));
    assert.deepEqual(said.seen, seen);
    if (fix !== undefined) assert.deepEqual(said.fix, fix);
  });
}

test('every rule about real servers has a row where it speaks and one where it is silent', () => {
  const speaking = new Set(ROWS.filter(({ seen }) => seen.length > 0).map(({ rule }) => rule));
  const silent = new Set(ROWS.filter(({ seen }) => seen.length === 0).map(({ rule }) => rule));
  const ids = REAL_SERVER_RULES.map(({ id }) => id);
  assert.deepEqual(
    ids.filter((id) => !speaking.has(id) || !silent.has(id)),
    [],
  );
});

const BLIND: readonly (readonly [fact: keyof HostFacts, rules: readonly string[]])[] = [
  ['sysctls', ['DOC504', 'DOC505']],
  ['routes', ['DOC508']],
  ['listeners', ['DOC507']],
  ['guePorts', ['DOC503']],
  ['firewall', ['DOC509']],
];

for (const [fact, rules] of BLIND) {
  test(`what could not be looked at is said: ${fact} for ${rules.join(', ')}`, () => {
    const facts = healthy({ interfaces: INTERFACES, [fact]: unknown('not there') });
    const { unseen } = examineServer(facts, pairSpec({ service: 'forwarding: { tun: { type: gue, port: 6080 } }' }));
    assert.deepEqual(unseen, [{ rules, reason: 'not there' }]);
  });
}

test('a host is the real servers of all its addresses, and none where it has the address of none', () => {
  const spec = `version: 1
services:
  web: { vip: 203.0.113.10, port: 80, forwarding: dr, check: none, servers: { web-1: 10.0.0.21, web-2: 10.0.0.22 } }
  dns: { vip: 203.0.113.10, port: 53, forwarding: nat, check: none, servers: { dns-1: 10.0.1.21 } }
`;
  const host = thisServer(desiredOf(spec), ['127.0.0.1', '10.0.0.21', '10.0.1.21']);
  assert.deepEqual(host?.names, ['web-1', 'dns-1']);
  assert.deepEqual(
    host?.uses.map(({ service }) => service.name),
    ['web', 'dns'],
  );
  assert.equal(thisServer(desiredOf(spec), ['10.0.0.99']), undefined);
});
