import assert from 'node:assert/strict';
import { test } from 'node:test';
import { runCase } from '../../src/cases/run-case.ts';
import { loadSpec } from '../../src/spec/load.ts';
import { stepText } from '../../src/view/step-text.ts';
import { assertCase, caseOf, load, run, SPEC } from './running.ts';

const WEB = `-A -t 203.0.113.10:80 -s wlc\n-a -t 203.0.113.10:80 -r 10.0.0.1:80 -m -w 1\n`;
const BOTH = `${WEB}-a -t 203.0.113.10:80 -r 10.0.0.2:80 -m -w 1\n`;

/** A case as YAML; null: it passes; otherwise the lines that differ, or what is wrong with the case. */
const ROWS: readonly (readonly [claim: string, given: string, result: readonly string[] | null])[] = [
  ['an empty plan has no steps', `live: ${JSON.stringify(BOTH)}\nexpect: { steps: [] }`, null],
  [
    'steps speak ipvsadm',
    `live: ${JSON.stringify(WEB)}\nexpect: { steps: [-a -t 203.0.113.10:80 -r 10.0.0.2:80 -m -w 1 -x 0 -y 0] }`,
    null,
  ],
  [
    'or the words of apply, on lines',
    `live: ${JSON.stringify(WEB)}\nexpect: { steps: "add real server web/b   10.0.0.2:80 weight 1\\n" }`,
    null,
  ],
  [
    'a step that was not expected is shown, and one that did not come',
    `live: ${JSON.stringify(WEB)}\nexpect: { steps: [quiesce web/b 10.0.0.2:80 weight 0] }`,
    ['- quiesce web/b 10.0.0.2:80 weight 0', '+ add real server web/b 10.0.0.2:80 weight 1'],
  ],
  [
    'a service of the listing alone is not managed',
    `live: "-A -t 198.51.100.1:80 -s rr\\n${BOTH.replaceAll('\n', '\\n')}"\nexpect: { steps: [] }`,
    null,
  ],
  [
    'unless the case says so',
    `live: "-A -t 198.51.100.1:80 -s rr\\n${BOTH.replaceAll('\n', '\\n')}"\nmanaged: all\nexpect: { steps: [-D -t 198.51.100.1:80] }`,
    null,
  ],
  [
    'nothing is managed where it says so',
    `live: ${JSON.stringify(WEB)}\nmanaged: none\nexpect: { hazards: [takeover] }`,
    null,
  ],
  [
    'a permission lets a guard pass',
    `live: ${JSON.stringify(WEB)}\nmanaged: none\nallow: { adopt: [web] }\nexpect: { hazards: [] }`,
    null,
  ],
  [
    'a hazard has its subject',
    `live: ${JSON.stringify(WEB)}\nmanaged: none\nexpect: { hazards: [{ guard: takeover, subject: api }] }`,
    ['- takeover of api', /^\+ takeover of web: /.source],
  ],
  ['findings are known by number or name', 'expect: { findings: [LVS999] }', ['- LVS999']],
  ['lb2 takes over', 'failed: [{ director: lb1 }]\nexpect: { holders: { web: lb2, 203.0.113.20: lb2 } }', null],
  [
    'an interface that is down takes its VIPs',
    'failed: [{ interface: eth0, director: lb1 }]\nexpect: { holders: { web: lb2 } }',
    null,
  ],
  [
    'a track file moves a priority',
    'failed: [{ file: load, value: -100, director: lb1 }]\nexpect: { holders: { web: lb2 } }',
    null,
  ],
  [
    'a wrong holder is shown with the right one',
    'failed: [{ director: lb1 }]\nexpect: { holders: { web: lb1 } }',
    ['- web: lb1', '+ web: lb2'],
  ],
  ['nobody is nobody', 'failed: [{ director: lb1 }, { director: lb2 }]\nexpect: { holders: { web: [] } }', null],
  [
    'a director holds all VIPs of its instances',
    'director: lb2\nexpect: { holds: [203.0.113.21, 203.0.113.20] }',
    null,
  ],
  ['a failed director holds none', 'director: lb1\nfailed: [{ director: lb1 }]\nexpect: { holds: [] }', null],
  [
    'keepalived does, down to quorum less hysteresis',
    'health: { kept/b: down }\nexpect: { serving: { kept: [a] } }',
    null,
  ],
  [
    'below that the sorry server takes over',
    'health: { kept/a: down, kept/b: down }\nexpect: { serving: { kept: sorry_server } }',
    null,
  ],
  ['without one the healthy remain', 'health: { bare/a: down }\nexpect: { serving: { bare: b } }', null],
  ['a server without a check never fails', 'health: { bare/b: down }\nexpect: { serving: { bare: [a, b] } }', null],
  ['nothing expected is a mistake', 'expect: {}', ['The case expects nothing']],
  [
    'so is an unknown server',
    'health: { kept/d: down }\nexpect: { serving: { kept: a } }',
    [/no real server "kept\/d"/.source],
  ],
  [
    'an unknown director',
    'failed: [{ director: lb3 }]\nexpect: { holders: { web: lb1 } }',
    ['There is no director "lb3"; did you mean "lb1"?'],
  ],
  [
    'an unknown instance',
    'expect: { holders: { wep: lb1 } }',
    ['There is no VRRP instance or VIP "wep"; did you mean "web"?'],
  ],
  [
    'an unknown track file',
    'failed: [{ file: lod, value: 1 }]\nexpect: { holders: { web: lb1 } }',
    ['There is no track file "lod"; did you mean "load"?'],
  ],
  [
    'an interface of nobody',
    'failed: [{ interface: eth0 }]\nexpect: { holders: { web: lb1 } }',
    ['An interface fails on a director; say on which'],
  ],
  [
    'two failures in one',
    'failed: [{ file: load, value: 1, interface: eth0, director: lb1 }]\nexpect: { holders: { web: lb1 } }',
    [/One failure is one thing/.source],
  ],
  ['holds of nobody', 'expect: { holds: [] }', ['It does not say whose: give director']],
  ['a listing that is none', 'live: nonsense\nexpect: { steps: [] }', [/^Line 1: /.source]],
];

for (const [claim, given, result] of ROWS) test(claim, () => assertCase(given, result));

test('a spec with errors has findings, and nothing else that could be expected', () => {
  const broken = SPEC.replace('port: 80, forwarding: nat, check: none', 'port: 99999');
  assert.deepEqual(
    run('expect: { findings: [LVS004, missing-forwarding, missing-forwarding] }', { spec: broken }).mistakes,
    [],
  );
  const [mistake] = run('expect: { steps: [] }', { spec: broken }).mistakes;
  assert.match(
    mistake?.message ?? '',
    /^The spec has errors, so there is nothing to say about steps: web\.lvs\.yaml:10: /,
  );
});

test('a spec that was applied is live, managed, and names the servers that leave', () => {
  const before = loadSpec([
    { name: 'before', text: SPEC.replace('b: 10.0.0.2 }', 'b: 10.0.0.2, old: 10.0.0.9 }') },
  ]).desired;
  const given = caseOf(
    'live: { spec: x }\nconnections: { web/old: 3 }\nexpect: { steps: [quiesce web/old 10.0.0.9:80 weight 0] }',
  );
  assert.deepEqual(runCase({ given, loaded: load(SPEC), before, conf: null, stepText }), {
    mistakes: [],
    mismatches: [],
  });
});

test('lvsctl takes out what is down, and keeps the last one', () => {
  const checked = SPEC.replace(
    'port: 80, forwarding: nat, check: none',
    'port: 80, forwarding: nat, check: { tcp: {} }',
  );
  const passes = { mistakes: [], mismatches: [] };
  assert.deepEqual(run('health: { web/a: down }\nexpect: { serving: { web: b } }', { spec: checked }), passes);
  assert.deepEqual(
    run('health: { web/a: down, web/b: down }\nexpect: { serving: { web: a } }', { spec: checked }),
    passes,
  );
  const steps = 'expect: { steps: [-d -t 203.0.113.10:80 -r 10.0.0.1:80] }';
  assert.deepEqual(run(`live: ${JSON.stringify(BOTH)}\nhealth: { web/a: down }\n${steps}`, { spec: checked }), passes);
});
