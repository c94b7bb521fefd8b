import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { reloadImpact } from '../../../src/keepalived/impact.ts';
import { readConf } from '../../../src/keepalived/read-conf.ts';
import { networkOf, startReloading } from './reloading.ts';
import { eventually } from './running.ts';

const A = '203.0.113.10';
const GLOBALS = 'script_user root\n    enable_script_security';

function conf(script: string | null, globals = GLOBALS): string {
  const definition = `vrrp_script chk {\n    script "${script}"\n    interval 1\n    fall 2\n    rise 2\n}\n`;
  const use = 'track_script {\n        chk\n    }';
  return `global_defs {
    ${globals}
}
${script === null ? '' : definition}vrrp_instance web {
    interface eth0
    virtual_router_id 51
    priority 150
    version 3
    advert_int 0.1
    ${script === null ? '' : use}
    virtual_ipaddress {
        ${A}
    }
}
`;
}

function foretold(before: string, after: string): string[] {
  const members = () => [{ director: 'lb1', priority: 150 }];
  const found = reloadImpact(readConf(before), readConf(after), { version: '2.2.7', director: 'lb1', members });
  return found.map(({ level, kind, subject }) => `${level} ${kind} ${subject}`);
}

test('a script takes its former result along, and lets go of the VIPs when it is no longer followed', async (t) => {
  const director = await startReloading(t, networkOf(t), conf(null));
  await director.untilVips(A);

  await director.reload(conf('/bin/true'));
  assert.deepEqual(director.vips(), [A], 'a new script that is well');
  assert.deepEqual(foretold(conf(null), conf('/bin/true')), ['note tracker-added web']);
  await eventually('the script has run', () => /VRRP_Script\(chk\) succeeded/.test(director.log()), director.log);

  await director.reload(conf('/bin/false'));
  assert.match(director.log(), /VRRP_Script\(chk\) considered successful on reload/);
  assert.deepEqual(foretold(conf('/bin/true'), conf('/bin/false')), ['note script-changed chk']);
  await director.untilVips();

  await director.reload(conf(null));
  await director.untilVips(A);
  assert.deepEqual(foretold(conf('/bin/false'), conf(null)), ['note tracker-removed web']);
});

test('keepalived refuses a whole file for a setting that only a restart changes', async (t) => {
  const director = await startReloading(t, networkOf(t), conf(null));
  await director.untilVips(A);
  const after = conf(null, `${GLOBALS}\n    nftables`).replace(A, `${A}\n        203.0.113.11`);
  director.hangUp(after);
  await eventually(
    'it says so',
    () => /Cannot change nftables table name at a reload/.test(director.log()),
    director.log,
  );
  await sleep(1500);
  assert.deepEqual(director.vips(), [A], director.log());
  assert.deepEqual(foretold(conf(null), after), ['note reload-refused keepalived']);
});

test('a file that it cannot live with ends keepalived 2.2.7, which takes its services along and leaves its VIPs behind', async (t) => {
  const service =
    'virtual_server 203.0.113.10 80 {\nprotocol TCP\nlb_algo rr\nlb_kind NAT\nreal_server 10.0.0.1 80 {\n}\n}\n';
  const director = await startReloading(t, networkOf(t), conf(null) + service);
  await director.untilVips(A);
  await director.untilTable('-A -t 203.0.113.10:80 -s rr', '-a -t 203.0.113.10:80 -r 10.0.0.1:80 -m -w 1');
  director.hangUp(`${conf(null)}${service}vrrp_instance api {\n    interface eth0\n}\n`);
  assert.equal(await director.ended, 2);
  assert.match(director.log(), /\(api\) the virtual router id must be set/);
  assert.deepEqual([director.table(), director.vips()], [[], [A]]);
});
