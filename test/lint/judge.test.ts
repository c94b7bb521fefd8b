import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ALL_RULES } from '../../src/lint/all-rules.ts';
import { applyFixes } from '../../src/lint/apply-fixes.ts';
import { judge } from '../../src/lint/judge.ts';
import { lint } from '../../src/lint/lint.ts';
import type { RuleLevel } from '../../src/lint/rule-levels.ts';
import { loadText } from '../spec/load-text.ts';

/** A spec with one warning, LVS202 on line 9, and one error, LVS102 on line 10. */
const spec = (parts: { head?: string; above?: string; behind?: string } = {}): string => `version: 1
${parts.head ?? ''}directors: { lb1: { address: 192.0.2.11, interface: eth0 } }
vrrp: { web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150 } } }
services:
  web:
    vip: 203.0.113.10
    port: 80
    forwarding: dr
    check: none
    servers:
${parts.above ?? ''}      a: { address: 10.0.0.1, weight: 70000 }${parts.behind ?? ''}
      b: { address: 10.0.0.2, port: 81 }
`;

function judged(text: string, levels: readonly (readonly [string, RuleLevel])[] = []) {
  const verdict = judge(loadText(text), { levels: new Map(levels), comments: true, acts: false });
  return {
    found: verdict.findings.map(({ rule, severity }) => `${rule} ${severity}`),
    quiet: verdict.suppressed.map(({ finding, reason }) => `${finding.rule}: ${reason}`),
    verdict,
  };
}

const BOTH = ['LVS202 warning', 'LVS102 error'];

test('without control every rule has its own severity', () => {
  assert.deepEqual(judged(spec()).found, BOTH);
});

const LEVELS: readonly (readonly [rules: string, found: readonly string[]])[] = [
  ['LVS202: off', ['LVS102 error']],
  ['large-weight: off', ['LVS102 error']],
  ['lvs202: error', ['LVS202 error', 'LVS102 error']],
  ['large-weight: info, LVS102: warning', ['LVS202 info', 'LVS102 warning']],
  ['LVS102: off, LVS202: off', []],
  ['LVS998: off', ['LVS023 error', ...BOTH]],
  ['large-weigth: off', ['LVS023 error', ...BOTH]],
  ['LVS002: off', ['LVS023 error', ...BOTH]],
];

for (const [rules, found] of LEVELS)
  test(`lint: { rules: { ${rules} } } is heard as ${found.join(', ') || 'nothing'}`, () => {
    assert.deepEqual(judged(spec({ head: `lint: { rules: { ${rules} } }\n` })).found, found);
  });

test('the command line wins over the spec', () => {
  const text = spec({ head: 'lint: { rules: { LVS202: off } }\n' });
  assert.deepEqual(judged(text, [['LVS202', 'error']]).found, ['LVS202 error', 'LVS102 error']);
});

test('a verb that acts on the spec still stops at its errors, and hears no advice that is off', () => {
  const text = spec({ head: 'lint: { rules: { LVS102: off, LVS202: off, nonsense: off } }\n' });
  assert.deepEqual(
    lint(loadText(text)).map(({ rule, severity }) => `${rule} ${severity}`),
    ['LVS102 error'],
  );
  const commented = spec({ behind: ' # lvsctl-disable-next-line LVS102 -- we know' });
  assert.deepEqual(
    lint(loadText(commented)).map(({ rule }) => rule),
    ['LVS202', 'LVS102'],
  );
});

test('advice that is made an error stops the verbs that act as well', () => {
  const text = spec({ head: 'lint: { rules: { large-weight: error } }\n' });
  assert.deepEqual(
    lint(loadText(text)).map(({ rule, severity }) => `${rule} ${severity}`),
    ['LVS202 error', 'LVS102 error'],
  );
});

const COMMENTS: readonly (readonly [
  parts: Parameters<typeof spec>[0],
  found: readonly string[],
  quiet: readonly string[],
])[] = [
  [
    { above: '      # lvsctl-disable-next-line LVS202 -- new tools only\n' },
    ['LVS102 error'],
    ['LVS202: new tools only'],
  ],
  [
    { above: '      # lvsctl-disable-next-line large-weight -- new tools only\n' },
    ['LVS102 error'],
    ['LVS202: new tools only'],
  ],
  [
    { above: '      # lvsctl-disable-next-line LVS202 -- a\n      # another comment\n\n' },
    ['LVS102 error'],
    ['LVS202: a'],
  ],
  [{ behind: ' # lvsctl-disable-line LVS202 -- new tools only' }, ['LVS102 error'], ['LVS202: new tools only']],
  [{ behind: ' # lvsctl-disable-next-line LVS102 -- a' }, ['LVS202 warning'], ['LVS102: a']],
  [{ behind: ' # lvsctl-disable-line LVS202' }, ['LVS020 error', 'LVS102 error'], ['LVS202: ']],
  [{ behind: ' # lvsctl-disable-line LVS202 --' }, ['LVS020 error', 'LVS102 error'], ['LVS202: ']],
  [{ behind: ' # lvsctl-disable-line -- why' }, ['LVS202 warning', 'LVS021 error', 'LVS102 error'], []],
  [{ behind: ' # lvsctl-disable-line LVS997, LVS202 -- why' }, ['LVS021 error', 'LVS102 error'], ['LVS202: why']],
  [{ behind: ' # lvsctl-disable-line LVS004 -- why' }, ['LVS202 warning', 'LVS021 error', 'LVS102 error'], []],
  [{ behind: ' # lvsctl-disable-line LVS101 LVS202 -- why' }, ['LVS022 warning', 'LVS102 error'], ['LVS202: why']],
  [{ above: '      # lvsctl-disable-next-line LVS101 -- why\n' }, ['LVS022 warning', ...BOTH], []],
  [{ behind: ' # lvsctl-disable LVS202 -- why' }, ['LVS202 warning', 'LVS024 error', 'LVS102 error'], []],
  [{ behind: '  # see lvsctl-disable-line in the manual' }, BOTH, []],
  [{ head: 'cluster: "# lvsctl-disable-next-line LVS202 -- no comment"\n' }, BOTH, []],
];

for (const [parts, found, quiet] of COMMENTS)
  test(`${JSON.stringify(parts)} is heard as ${found.join(', ')}`, () => {
    const { found: heard, quiet: silent } = judged(spec(parts));
    assert.deepEqual([heard, silent], [found, quiet]);
  });

test('in a spec that cannot be read as a whole no comment is called unused', () => {
  const text = spec({ above: '      # lvsctl-disable-next-line LVS101 -- why\n' });
  assert.deepEqual(judged(text.replace('forwarding: dr', 'forwarding: drr')).found.includes('LVS022 warning'), false);
});

const FIXED: readonly (readonly [before: string, after: string])[] = [
  [spec({ above: '      # lvsctl-disable-next-line LVS101 -- why\n' }), spec()],
  [spec({ behind: '   # lvsctl-disable-line LVS101 LVS103 -- why' }), spec()],
  [
    spec({ behind: ' # lvsctl-disable-line large-weigth -- why' }),
    spec({ behind: ' # lvsctl-disable-line large-weight -- why' }),
  ],
  [
    spec({ head: 'lint: { rules: { large-weigth: off } }\n' }),
    spec({ head: 'lint: { rules: { large-weight: off } }\n' }),
  ],
];

for (const [before, after] of FIXED)
  test(`a comment or setting that does nothing is fixed: ${before
    .split('\n')
    .find((line) => line.includes('lvsctl-') || line.includes('lint:'))
    ?.trim()}`, () => {
    const { verdict } = judged(before);
    assert.equal(applyFixes([{ name: 'test.lvs.yaml', text: before }], verdict.findings).files[0]?.text, after);
  });

test('numbers and names of all rules are unique and in order', () => {
  const ids = ALL_RULES.map(({ id }) => id);
  assert.deepEqual(ids, [...new Set(ids)].toSorted());
  assert.equal(new Set(ALL_RULES.map(({ name }) => name)).size, ids.length);
});
