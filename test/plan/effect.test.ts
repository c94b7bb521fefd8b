import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SyncDaemon } from '../../src/model/table.ts';
import { indexLive, tookEffect } from '../../src/plan/effect.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { live, server, service, tcp } from './build.ts';

const WEB = tcp('192.0.2.1');
const ABSENT = tcp('192.0.2.2');
const TABLE = service(WEB, [server('10.0.0.1', 5)]);
const { address: _address, servers: _servers, ...ATTRIBUTES } = TABLE;
const DAEMON: SyncDaemon = {
  role: 'master',
  interface: 'eth0',
  syncId: 1,
  maxLength: 0,
  group: '224.0.0.81',
  port: 8848,
  ttl: 1,
};
const TIMEOUTS = { tcp: 900, tcpFin: 120, udp: 300 };

const CASES: readonly [operation: Operation, isSeen: boolean, claim: string][] = [
  [{ op: 'add-service', service: WEB, attributes: ATTRIBUTES }, true, 'is there as wanted'],
  [
    { op: 'add-service', service: WEB, attributes: { ...ATTRIBUTES, scheduler: 'rr' } },
    false,
    'is there, but in another way',
  ],
  [{ op: 'add-service', service: ABSENT, attributes: ATTRIBUTES }, false, 'is not there'],
  [{ op: 'edit-service', service: WEB, attributes: ATTRIBUTES }, true, 'is as wanted'],
  [{ op: 'edit-service', service: WEB, attributes: { ...ATTRIBUTES, onePacket: true } }, false, 'is as it was'],
  [{ op: 'delete-service', service: ABSENT }, true, 'is gone'],
  [{ op: 'delete-service', service: WEB }, false, 'is still there'],
  [{ op: 'add-server', service: WEB, server: server('10.0.0.1', 5) }, true, 'is there as wanted'],
  [{ op: 'add-server', service: WEB, server: server('10.0.0.1', 1) }, false, 'has another weight'],
  [{ op: 'add-server', service: WEB, server: server('10.0.0.2') }, false, 'is not there'],
  [{ op: 'add-server', service: ABSENT, server: server('10.0.0.1') }, false, 'has no service'],
  [{ op: 'edit-server', service: WEB, server: server('10.0.0.1', 5) }, true, 'is as wanted'],
  [{ op: 'edit-server', service: WEB, server: server('10.0.0.1', 0) }, false, 'was not quiesced'],
  [{ op: 'delete-server', service: WEB, server: server('10.0.0.2') }, true, 'is gone'],
  [{ op: 'delete-server', service: ABSENT, server: server('10.0.0.1') }, true, 'is gone with its service'],
  [{ op: 'delete-server', service: WEB, server: server('10.0.0.1') }, false, 'is still there'],
  [{ op: 'set-timeouts', timeouts: { tcp: 900 } }, true, 'are as wanted'],
  [{ op: 'set-timeouts', timeouts: { tcp: 900, udp: 60 } }, false, 'are not'],
  [{ op: 'start-daemon', daemon: DAEMON }, true, 'runs'],
  [{ op: 'start-daemon', daemon: { ...DAEMON, syncId: 2 } }, false, 'runs under another id'],
  [{ op: 'start-daemon', daemon: { ...DAEMON, role: 'backup' } }, false, 'does not run'],
];

const table = indexLive(live([TABLE], { timeouts: TIMEOUTS, syncDaemons: [DAEMON] }));

for (const [operation, isSeen, claim] of CASES)
  test(`${operation.op}: what ${claim} ${isSeen ? 'took effect' : 'did not take effect'}`, () => {
    assert.equal(tookEffect(operation, table), isSeen);
  });
