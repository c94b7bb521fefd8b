import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTestMessages, specPlace } from '../../src/keepalived/test-messages.ts';

const LINES: readonly (readonly [output: string, kind: string, line: number | null])[] = [
  ["(Line 3) Unknown keyword 'foo'", 'refused', 3],
  ["(/tmp/a b: Line 13) number '300' outside range [1, 255]", 'refused', 13],
  ["(bad.conf: Line 11) WARNING - interface eth9 for vrrp_instance web doesn't exist", 'host', 11],
  ["(bad.conf: Line 7) Unable to set uid/gid for script '/nonexistent/x'", 'host', 7],
  ['Non-existent interface specified in configuration', 'host', null],
  ['(h.conf: Line 9) Unable to set default user for vrrp script chk - removing', 'host', 9],
  ['(h.conf: Line 28) (web) track script chk not found, ignoring...', 'host', 28],
  ["(h.conf: Line 35) (web) tracked interface eth8 doesn't exist", 'host', 35],
  ["(Line 25) WARNING - interface eth7 for ip address 203.0.113.10/24 doesn't exist", 'host', 25],
  ['(Line 4) Error setting global script uid/gid', 'host', 4],
  ["There are 2 missing '}'s", 'refused', null],
];

for (const [output, kind, line] of LINES)
  test(`${output} is ${kind === 'host' ? 'about this host' : 'a refusal'}`, () => {
    assert.deepEqual(
      readTestMessages(`${output}\n`).map((message) => [message.kind, message.line]),
      [[kind, line]],
    );
  });

test('silence is no message', () => assert.deepEqual(readTestMessages('\n  \n'), []));

const CONF = `# Written by lvsctl.
global_defs {
    router_id lb1
}

vrrp_instance web { # edge.lvs.yaml:12
    virtual_ipaddress {
        203.0.113.10/24
    }
}
`;

const PLACES: readonly (readonly [line: number, place: string | null])[] = [
  [3, null],
  [6, 'edge.lvs.yaml:12'],
  [8, 'edge.lvs.yaml:12'],
];

for (const [line, place] of PLACES)
  test(`line ${line} comes from ${place}`, () => assert.equal(specPlace(CONF, line), place));
