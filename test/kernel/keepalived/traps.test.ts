import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instanceOf, instanceSpec } from '../../keepalived/instance-rows.ts';
import { renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { trackerSpec } from '../../keepalived/tracker-rows.ts';
import { complaintsIn, dumpConf, testConf } from './oracle.ts';
import { sectionsOf } from './sections.ts';

/** What keepalived 2.2.7 does with what we never write: the reasons for some of what we do. */

function confWith(lines: readonly string[], globals: readonly string[] = []): string {
  const instance = ['state BACKUP', 'interface eth0', 'virtual_router_id 1', 'priority 100', ...lines];
  return [
    ...['global_defs {', 'enable_script_security', 'script_user root', ...globals, '}'],
    ...['vrrp_instance web {', ...instance, 'virtual_ipaddress {', '10.0.0.1', '}', '}', ''],
  ].join('\n');
}

const TRAPS: readonly (readonly [title: string, conf: string, message: RegExp])[] = [
  ['a backslash hides the quote behind it', confWith([], ['router_id "a\\"']), /Unterminated quote/],
  ['a quoted brace ends a list', confWith([], ['notification_email {', '"}"', '"b"', '}']), /Unknown keyword 'b'/],
  ['a list may read other files', confWith([], ['notification_email {', 'include nowhere', '}']), /nowhere/],
  ['a line of more than 1023 bytes is two', confWith([], [`router_id ${'x'.repeat(1013)}y z`]), /Unknown keyword 'y'/],
  [
    'a backslash at the end of a comment outlives it',
    confWith(['priority 100 # comment\\']),
    /number '?100\\|Unknown|invalid/i,
  ],
  ['an interface is needed even for unicast', instanceWithoutInterface(), /Unknown interface/],
  [
    'a group of one is complained of',
    `${confWith([])}vrrp_sync_group g {\ngroup {\nweb\n}\n}\n`,
    /only 1 virtual router/,
  ],
  ['an instance cannot follow its own interface', confWith(['track_interface {', 'eth0', '}']), /since own interface/],
  ['the owner of an address takes no nopreempt', confWith(['priority 255', 'nopreempt']), /nopreempt is incompatible/],
  ['the owner of an address takes no weight', ownerWithWeight(), /ignoring tracked script/],
  ['unicast needs vmac_xmit_base', unicastVmac(), /requires vmac_xmit_base/],
  [
    'secondaries are promoted on a virtual interface anyhow',
    confWith(['use_vmac', 'promote_secondaries']),
    /automatically set/,
  ],
];

function instanceWithoutInterface(): string {
  return confWith(['unicast_src_ip 192.0.2.11', 'unicast_peer {', '192.0.2.12', '}']).replace('interface eth0\n', '');
}

function ownerWithWeight(): string {
  const script = 'vrrp_script s {\nscript /usr/bin/true\nweight 5\n}\n';
  return script + confWith(['priority 255', 'track_script {', 's', '}']);
}

function unicastVmac(): string {
  return confWith(['use_vmac', 'unicast_src_ip 192.0.2.11', 'unicast_peer {', '192.0.2.12', '}']);
}

for (const [title, conf, message] of TRAPS)
  test(title, async () => {
    assert.match((await testConf(conf)).join('\n'), message);
  });

test('without any of it the same file is taken without a word', async () => {
  assert.deepEqual(await testConf(confWith([])), []);
});

test('keepalived ends its own test, without a word, at a script that runs as another user', async () => {
  // Whose parent it takes for dead (lib/notify.c: check_script_secure); what comes later is not tested any more.
  const late = ['preempt_delay 5', 'nopreempt'];
  assert.match((await testConf(confWith(late))).join('\n'), /preempt_delay is incompatible with nopreempt/);
  const notify = 'notify /usr/bin/true nobody';
  assert.deepEqual(await testConf(confWith([...late, notify])), ['keepalived -t ended with SIGTERM']);
});

test('a script of another user is taken in earnest, though the test says nothing of it', async () => {
  const instance = instanceOf(1, { notify: { any: '/usr/bin/true', user: 'nobody' } });
  const dump = await dumpConf(await renderedConf(specText(instanceSpec({ web: instance }))), { vrrpOnly: true });
  assert.deepEqual(complaintsIn(dump), []);
});

test('keepalived forgets init_fail of a script that is tracked', async () => {
  const scripts = { s: { command: '/usr/bin/true', init_fail: true } };
  const { vrrp } = await dumpConf(await renderedConf(specText(trackerSpec('scripts', scripts))), { vrrpOnly: true });
  assert.ok(sectionsOf(vrrp, 'VRRP Script').get('s')?.includes('Init state = INIT'));
});

test('a script for which the spec names no user needs keepalived_script on the host', async () => {
  const spec = instanceSpec({ web: instanceOf(1, { notify: { any: '/usr/bin/true' } }) });
  const [message] = await testConf(await renderedConf(specText({ ...spec, keepalived: {} })));
  assert.match(message ?? '', /keepalived_script/);
});

const LIMITS: readonly (readonly [title: string, instance: object, most: number])[] = [
  ['IPv4, version 2', { vips: addresses(256, 4) }, 255],
  ['IPv4, version 3', { version: 3, vips: addresses(256, 4) }, 255],
  ['IPv4 with AH', { authentication: { type: 'ah', password: 'x' }, vips: addresses(256, 4) }, 255],
  ['IPv6', { vips: addresses(90, 6) }, 89],
];

function addresses(count: number, family: 4 | 6): string[] {
  if (family === 6) return ['fe80::1/64', ...Array.from({ length: count - 1 }, (_, host) => `2001:db8::1:${host}/64`)];
  return Array.from({ length: count }, (_, host) => `10.1.${host >> 8}.${host & 255}/16`);
}

for (const [title, instance, most] of LIMITS) {
  test(`an advert of ${title} holds ${most} addresses`, async () => {
    const spec = instanceSpec({ web: instanceOf(1, instance) });
    const conf = await renderedConf(specText(spec));
    assert.deepEqual(await testConf(conf), []);
    const lines = sectionsOf((await dumpConf(conf, { vrrpOnly: true })).vrrp, 'VRRP Instance').get('web') ?? [];
    assert.ok(lines.includes(`Virtual IP (${most}):`));
    const excluded = lines.indexOf('Virtual IP Excluded :');
    assert.equal(lines.slice(excluded + 1).filter((line) => / dev eth0 /.test(line)).length, 1);
    // And one more would be too many.
    const more = conf.replace(/\n *\}\n *virtual_ipaddress_excluded \{/, '');
    assert.match((await testConf(more)).join('\n'), new RegExp(`exceeds maximum.*\\(max ${most} addresses\\)`));
  });
}
