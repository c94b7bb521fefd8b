import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { applyFixes } from '../../src/lint/apply-fixes.ts';
import { lint } from '../../src/lint/lint.ts';
import { loadText } from '../spec/load-text.ts';

const NAME = 'test.lvs.yaml';

/** One round over one file. */
function fixOnce(text: string): string {
  return applyFixes([{ name: NAME, text }], lint(loadText(text))).files[0]?.text ?? '';
}

/** A whole spec around a service, which is clean when the service is. */
const around = (lines: string): string => `# Who answers for the shop
version: 1

services:
  web: # the shop
    # what customers see
    vip: 192.0.2.10
${lines}    forwarding: nat # until autumn
    check: none
    servers:
      a: 10.0.0.1 # rack 7
      b: 10.0.0.2
`;

const vrrp = (lines: string): string => `version: 1
directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
  lb2: { address: 192.0.2.12, interface: eth0 }
vrrp:
  web:
    virtual_router_id: 51
    priority: { lb1: 150, lb2: 100 }
${lines}`;

const ROWS: readonly (readonly [rule: string, before: string, after: string])[] = [
  [
    'LVS002',
    around('    port: 80\n    schedular: wrr # heavy ones first\n'),
    around('    port: 80\n    scheduler: wrr # heavy ones first\n'),
  ],
  ['LVS002', around('    prot: 80\n'), around('    port: 80\n')],
  ['LVS002', around('    "prot": 80\n'), around('    "port": 80\n')],
  [
    'LVS002',
    around('    port: 80\n    persistence: {"timout":"5m"}\n'),
    around('    port: 80\n    persistence: {"timeout":"5m"}\n'),
  ],
  [
    'LVS003',
    around('    port: 80 # http\n    # and again\n    port: 80 # http\n'),
    around('    port: 80 # http\n    # and again\n'),
  ],
  [
    'LVS003',
    around('    port: 80\n    persistence: { timeout: 5m, timeout: 5m }\n'),
    around('    port: 80\n    persistence: { timeout: 5m }\n'),
  ],
  ['LVS004', around('    port: "80" # http\n'), around('    port: 80 # http\n')],
  [
    'LVS004',
    around("    port: 80\n    persistence: {timeout: 5m}\n    one_packet: 'no'\n"),
    around('    port: 80\n    persistence: {timeout: 5m}\n    one_packet: false\n'),
  ],
  [
    'LVS004',
    around('    port: 80\n').replace('version: 1\n', 'version: 1\ncluster: 7\n'),
    around('    port: 80\n').replace('version: 1\n', 'version: 1\ncluster: "7"\n'),
  ],
  [
    'LVS005',
    around('    port: 80\n').replace('192.0.2.10', '2001:db8::').replaceAll('10.0.0.', '2001:db8::'),
    around('    port: 80\n').replace('192.0.2.10', '"2001:db8::"').replaceAll('10.0.0.', '2001:db8::'),
  ],
  [
    'LVS005',
    around('    port: 80\n').concat('vrrp:\n  web: { virtual_router_id: 1, vips: [192.0.2.10/24,2001:db8::, ::] }\n'),
    around('    port: 80\n').concat(
      'vrrp:\n  web: { virtual_router_id: 1, vips: [192.0.2.10/24,"2001:db8::", "::"] }\n',
    ),
  ],
  [
    'LVS013',
    around('    port: 80\n').replace('version: 1\n\n', '\n'),
    around('    port: 80\n').replace('version: 1\n\n', '\nversion: 1\n'),
  ],
  ['LVS013', around('    port: 80\n').replace('version: 1', 'version: "1"'), around('    port: 80\n')],
  ['LVS018', around('    port: 80\n    scheduler: leastconn\n'), around('    port: 80\n    scheduler: lc\n')],
  ['LVS019', around('    port: 80\n    protocol: upd\n'), around('    port: 80\n    protocol: udp\n')],
  [
    'LVS106',
    around('    port: 80\n    # as the address says\n    family: ipv4 # of course\n'),
    around('    port: 80\n    # as the address says\n'),
  ],
  [
    'LVS106',
    around('    protocol: tcp\n').replace('vip: 192.0.2.10', 'fwmark: 7'),
    around('').replace('vip: 192.0.2.10', 'fwmark: 7'),
  ],
  [
    'LVS113',
    around('    port: 80\n    protocol: tcp\n    one_packet: true\n'),
    around('    port: 80\n    protocol: tcp\n'),
  ],
  [
    'LVS116',
    around('    port: 80\n    protocol: tcp\n    persistence: { timeout: 5m, engine: sip }\n'),
    around('    port: 80\n    protocol: tcp\n    persistence: { timeout: 5m }\n'),
  ],
  [
    'LVS116',
    around('    port: 80\n    protocol: tcp\n    persistence: { engine: sip }\n'),
    around('    port: 80\n    protocol: tcp\n    persistence: {}\n'),
  ],
  [
    'LVS116',
    around('    port: 80\n    protocol: tcp\n    persistence: # for carts\n      engine: sip\n'),
    around('    port: 80\n    protocol: tcp\n    persistence: {} # for carts\n'),
  ],
  [
    'LVS117',
    around('    port: 80\n    persistence: { netmask: 24 }\n'),
    around('    port: 80\n    persistence: { netmask: 255.255.255.0 }\n'),
  ],
  [
    'LVS172',
    vrrp('    vips: [203.0.113.10/24, 203.0.113.11/24, 203.0.113.10/24]\n'),
    vrrp('    vips: [203.0.113.10/24, 203.0.113.11/24]\n'),
  ],
  [
    'LVS172',
    vrrp('    vips:\n      - 203.0.113.10/24 # shop\n      - 203.0.113.10/24 # shop\n      - 203.0.113.11/24\n'),
    vrrp('    vips:\n      - 203.0.113.10/24 # shop\n      - 203.0.113.11/24\n'),
  ],
  [
    'LVS172',
    vrrp(
      '    vips: [\n      203.0.113.10/24, # shop\n      203.0.113.11/24, # mail\n      203.0.113.10/24, # shop\n    ]\n',
    ),
    vrrp('    vips: [\n      203.0.113.10/24, # shop\n      203.0.113.11/24, # mail\n    ]\n'),
  ],
  [
    'LVS173',
    vrrp('    version: 3\n    vips:\n      - address: 2001:db8::10/64\n        scope: link\n'),
    vrrp('    version: 3\n    vips:\n      - address: 2001:db8::10/64\n'),
  ],
  [
    'LVS231',
    vrrp('    version: 2\n    vips: [203.0.113.10/24]\n    checksum_as_v2: true\n'),
    vrrp('    version: 2\n    vips: [203.0.113.10/24]\n'),
  ],
  [
    'LVS231',
    vrrp('    vips: [203.0.113.10/24]\n    unicast: { peers: [192.0.2.12] }\n'),
    vrrp('    vips: [203.0.113.10/24]\n    unicast: { peers: [] }\n'),
  ],
];

/** Advice that waits for the mistakes to be gone is not new. */
const keysOf = (text: string) =>
  lint(loadText(text)).flatMap(({ rule, severity, message }) => (severity === 'info' ? [] : [`${rule} ${message}`]));

for (const [index, [rule, before, after]] of ROWS.entries())
  test(`${rule} is fixed, and every other byte stays (${index + 1})`, () => {
    assert.ok(
      keysOf(before).some((key) => key.startsWith(rule)),
      keysOf(before).join('\n'),
    );
    assert.equal(fixOnce(before), after);
  });

test('after a fix its finding is gone and there is no new one, whatever else stands in the file', () => {
  const rows = ROWS.filter(([rule]) => rule !== 'LVS005');
  const comment = fc.stringMatching(/^[ a-z#:"'{}é,-]{0,12}$/);
  const property = fc.property(
    fc.constantFrom(...rows),
    fc.array(comment),
    fc.boolean(),
    ([rule, before], comments, crlf) => {
      const text = decorate(before, { comments, crlf });
      const then = fixOnce(text);
      const fixed = new Set(
        lint(loadText(text)).flatMap((finding) =>
          finding.fix === undefined ? [] : [`${finding.rule} ${finding.message}`],
        ),
      );
      assert.ok([...fixed].some((key) => key.startsWith(rule)));
      const expected = keysOf(text).filter((key) => !fixed.has(key));
      assert.deepEqual(
        keysOf(then).filter((key) => !expected.includes(key)),
        [],
      );
      assert.deepEqual(commentLines(then), commentLines(text));
      assert.ok(!crlf || !/[^\r]\n/.test(then), 'line ends stay');
    },
  );
  fc.assert(property, { numRuns: 150 });
});

/** Comments on lines of their own between the sections, and line ends as on Windows. */
function decorate(text: string, { comments, crlf }: { comments: readonly string[]; crlf: boolean }): string {
  const lines = text.split('\n').flatMap((line, index) => {
    const comment = comments[index % 7];
    return comment === undefined || !/^[a-z]+:/.test(line) ? [line] : [`# ${comment}`, line];
  });
  return lines.join(crlf ? '\r\n' : '\n');
}

const commentLines = (text: string) => text.split(/\r?\n/).filter((line) => /^\s*#/.test(line));

const UNSAFE: readonly (readonly [why: string, text: string])[] = [
  ['the key that is meant stands there too', around('    port: 80\n    prot: 81\n')],
  ['two keys are as near', around('    port: 80\n    protocol: stcp\n')],
  ['a number may be octal', around('    port: "080"\n')],
  ['a number without a unit may be minutes', around('    port: 80\n    drain: 5\n')],
  ['the two values differ', around('    port: 80\n    port: 81\n')],
  ['an alias repeats the text', vrrp('    version: 2\n    vips: &all [203.0.113.10/24]\n    checksum_as_v2: true\n')],
  [
    'the value has a comment in it',
    around(
      '    port: 80\n    persistence: # carts\n      # five minutes\n      timeout: 5m\n    persistence: # carts\n      # five minutes\n      timeout: 5m\n',
    ),
  ],
];

for (const [why, text] of UNSAFE)
  test(`nothing is fixed where ${why}`, () => {
    assert.equal(fixOnce(text), text);
    assert.notDeepEqual(keysOf(text), []);
  });

test('fixes that touch wait for the next round', () => {
  const text = vrrp('    vips: [203.0.113.10/24, 203.0.113.10/24, 203.0.113.10/24]\n');
  const once = fixOnce(text);
  assert.match(once, /vips: \[203\.0\.113\.10\/24, 203\.0\.113\.10\/24\]/);
  assert.match(fixOnce(once), /vips: \[203\.0\.113\.10\/24\]/);
});

test('entries of one mapping leave it one by one, so that it is never left without a value', () => {
  const text = around('    protocol: tcp\n    port: 80\n').replace('vip: 192.0.2.10', 'fwmark: 7');
  assert.equal(fixOnce(fixOnce(text)), around('').replace('vip: 192.0.2.10', 'fwmark: 7'));
});
