import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { type HostFacts, unknown } from '../../src/doctor/facts.ts';
import { DIRECTOR_RULES, REAL_SERVER_RULES } from '../../src/doctor/rules.ts';
import { examineDirector, healthy, pairSpec } from './healthy-host.ts';
import { KEEPALIVED_ROWS } from './keepalived-rows.ts';
import { KERNEL_ROWS } from './kernel-rows.ts';
import { NETWORK_ROWS } from './network-rows.ts';
import { PARAMETER_ROWS } from './parameter-rows.ts';
import { saidBy } from './row.ts';

const ROWS = [...KERNEL_ROWS, ...PARAMETER_ROWS, ...NETWORK_ROWS, ...KEEPALIVED_ROWS];

for (const { rule, claim, facts, spec, seen, fix } of ROWS) {
  test(`${rule} ${seen.length > 0 ? 'reports' : 'has nothing to say about'} ${claim}`, () => {
    const said = saidBy(rule, examineDirector(healthy(facts), spec));
    assert.deepEqual(said.seen, seen);
    if (fix !== undefined) assert.deepEqual(said.fix, fix);
  });
}

test('a healthy director has no finding, and nothing of it is unseen', () => {
  const { findings, unseen, checks } = examineDirector(healthy());
  assert.deepEqual({ findings, unseen, checks }, { findings: [], unseen: [], checks: DIRECTOR_RULES.length });
});

test('a director of a spec without directors is held to what concerns its services', () => {
  const spec =
    'version: 1\nservices: { web: { vip: 203.0.113.10, port: 80, scheduler: rr, forwarding: nat, check: none, servers: { web-1: 10.0.0.21 } } }\n';
  const { findings, unseen } = examineDirector(healthy({ sysctls: { known: true, value: new Map() } }), spec, null);
  assert.deepEqual({ findings, unseen }, { findings: [], unseen: [] });
});

test('every rule about directors has a row where it speaks and one where it is silent', () => {
  const speaking = new Set(ROWS.filter(({ seen }) => seen.length > 0).map(({ rule }) => rule));
  const silent = new Set(ROWS.filter(({ seen }) => seen.length === 0).map(({ rule }) => rule));
  const ids = DIRECTOR_RULES.map(({ id }) => id);
  assert.deepEqual(
    ids.filter((id) => !speaking.has(id) || !silent.has(id)),
    [],
  );
});

test('numbers and names of rules are unique, and the lists are in order', () => {
  const all = [...DIRECTOR_RULES, ...REAL_SERVER_RULES];
  assert.equal(new Set(all.map(({ name }) => name)).size, all.length);
  const ids = all.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)].sort());
});

test('every file under rules/ holds a rule of its name that is in a list', () => {
  const files = readdirSync(new URL('../../src/doctor/rules/', import.meta.url));
  const names = [...DIRECTOR_RULES, ...REAL_SERVER_RULES].map(({ name }) => `${name}.ts`);
  assert.deepEqual(files.toSorted(), names.toSorted());
});

const BLIND: readonly (readonly [facts: Partial<HostFacts>, rules: readonly string[]])[] = [
  [{ rights: unknown('no /proc') }, ['DOC105']],
  [{ modules: new Map([['ip_vs', unknown('no modprobe')]]) }, ['DOC101']],
  [{ ipvsadmVersion: unknown('ip_vs is not loaded') }, ['DOC107']],
  [{ keepalivedVersion: unknown('odd') }, ['DOC108']],
  [{ clockIsSynchronised: unknown('no timedatectl') }, ['DOC109']],
  [{ sysctls: unknown('no /proc/sys') }, ['DOC201', 'DOC202', 'DOC203', 'DOC204']],
  [{ interfaces: unknown('no ip') }, ['DOC203', 'DOC301', 'DOC302', 'DOC303', 'DOC405', 'DOC406']],
  [{ firewall: unknown('nft is not installed') }, ['DOC305']],
  [{ permanentAddresses: unknown('permission denied') }, ['DOC306']],
  [{ networkdLinks: unknown('permission denied') }, ['DOC307']],
  [{ neighbours: unknown('no ip') }, ['DOC308']],
  [{ arpAnswers: unknown('no arping') }, ['DOC308']],
  [
    { keepalived: unknown('permission denied') },
    ['DOC401', 'DOC402', 'DOC403', 'DOC404', 'DOC405', 'DOC406', 'DOC409'],
  ],
  [{ adverts: unknown('no tcpdump') }, ['DOC407', 'DOC408']],
];

for (const [facts, rules] of BLIND) {
  test(`what could not be looked at is said: ${Object.keys(facts).join()} for ${rules.join(', ')}`, () => {
    const { findings, unseen } = examineDirector(healthy(facts));
    assert.deepEqual(findings, []);
    assert.deepEqual(
      unseen.map((one) => one.rules),
      [rules],
    );
  });
}

test('findings come by weight, then by number', () => {
  const facts = {
    clockIsSynchronised: { known: true, value: false } as const,
    ipvsadmVersion: { known: true, value: '1.28' } as const,
  };
  const { findings } = examineDirector(
    healthy({ ...facts, sysctls: { known: true, value: new Map([['net.ipv4.ip_forward', '0']]) } }),
    pairSpec(),
  );
  assert.deepEqual(
    findings.map(({ severity, rule }) => `${severity} ${rule}`),
    ['error DOC201', 'warning DOC107', 'info DOC109'],
  );
});
