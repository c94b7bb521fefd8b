import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { reloadImpact } from '../../../src/keepalived/impact.ts';
import { readConf } from '../../../src/keepalived/read-conf.ts';
import { networkOf, startReloading } from './reloading.ts';

interface Said {
  readonly lines?: readonly string[];
  readonly servers?: readonly string[];
}

function service({
  lines = ['lb_algo wrr', 'lb_kind NAT'],
  servers = ['10.0.0.1', '10.0.0.2'].map((address) => server(address)),
}: Said = {}): string {
  return `virtual_server 203.0.113.10 80 {\n    protocol TCP\n    delay_loop 1\n    ${lines.join('\n    ')}\n    ${servers.join('\n    ')}\n}\n`;
}

function server(address: string, ...lines: readonly string[]): string {
  return `real_server ${address} 80 {\n        ${lines.join('\n        ')}\n    }`;
}

function foretold(before: string, after: string): string[] {
  const context = { version: '2.2.7', director: 'lb1' };
  return reloadImpact(readConf(before), readConf(after), context).map(({ level, kind }) => `${level} ${kind}`);
}

const SERVICE = '-A -t 203.0.113.10:80 -s wrr';
const FIRST = '-a -t 203.0.113.10:80 -r 10.0.0.1:80 -m -w 1';
const SECOND = '-a -t 203.0.113.10:80 -r 10.0.0.2:80 -m -w 1';

interface Step {
  readonly what: string;
  readonly conf: string;
  readonly impacts: readonly string[];
  readonly table: readonly string[];
}

const STEPS: readonly Step[] = [
  {
    what: 'another weight',
    conf: service({ servers: [server('10.0.0.1', 'weight 5'), server('10.0.0.2')] }),
    impacts: [],
    table: [SERVICE, FIRST.replace('-w 1', '-w 5'), SECOND],
  },
  {
    what: 'another scheduler and persistence',
    conf: service({ lines: ['lb_algo rr', 'lb_kind NAT', 'persistence_timeout 50'] }),
    impacts: [],
    table: ['-A -t 203.0.113.10:80 -s rr -p 50', FIRST, SECOND],
  },
  {
    what: 'another forwarding',
    conf: service({ lines: ['lb_algo wrr', 'lb_kind DR'] }),
    impacts: ['note forwarding-changed', 'note forwarding-changed'],
    table: [SERVICE, FIRST.replace('-m', '-g'), SECOND.replace('-m', '-g')],
  },
  {
    what: 'a server less',
    conf: service({ lines: ['lb_algo wrr', 'lb_kind DR'], servers: [server('10.0.0.1')] }),
    impacts: ['disruptive server-removed'],
    table: [SERVICE, FIRST.replace('-m', '-g')],
  },
  { what: 'a server more', conf: service(), impacts: ['note forwarding-changed'], table: [SERVICE, FIRST, SECOND] },
  {
    what: 'the service twice',
    conf: service() + service(),
    impacts: ['disruptive service-duplicate'],
    table: [SERVICE, FIRST, SECOND],
  },
  { what: 'the service once again', conf: service(), impacts: [], table: [SERVICE, FIRST, SECOND] },
  {
    what: 'another protocol',
    conf: service().replace('TCP', 'UDP'),
    impacts: ['disruptive service-removed'],
    table: [SERVICE, FIRST, SECOND].map((rule) => rule.replace('-t', '-u')),
  },
];

test('services and servers are edited in place, and deleted at once where they go', async (t) => {
  const director = await startReloading(t, networkOf(t), service());
  await director.untilTable(SERVICE, FIRST, SECOND);
  let before = service();
  for (const { what, conf, impacts, table } of STEPS) {
    await director.reload(conf);
    assert.deepEqual(director.table(), [...table].sort(), `${what}\n${director.log()}`);
    assert.deepEqual(foretold(before, conf), impacts, what);
    before = conf;
  }
});

test('a reload brings thresholds along with another weight only', async (t) => {
  const director = await startReloading(t, networkOf(t), service());
  const thresholds = () =>
    director
      .table('-Ln', '--thresholds')
      .filter((line) => line.includes('10.0.0.1:80'))
      .map((line) => line.split(/\s+/).slice(3, 5));
  const limited = service({ servers: [server('10.0.0.1', 'uthreshold 9', 'lthreshold 3'), server('10.0.0.2')] });
  await director.untilTable(SERVICE, FIRST, SECOND);
  await director.reload(limited);
  assert.deepEqual(thresholds(), [['0', '0']]);
  assert.deepEqual(foretold(service(), limited), ['note thresholds-kept']);
  const heavier = limited.replace('uthreshold', 'weight 2\nuthreshold');
  await director.reload(heavier);
  assert.deepEqual(thresholds(), [['9', '3']]);
  assert.deepEqual(foretold(service(), heavier), []);
});

/** A check that fails for as long as the interface is not lo. */
function checked(...lines: readonly string[]): string {
  const check = `TCP_CHECK {\n${['retry 0', ...lines].join('\n')}\n}`;
  return service({ servers: [server('10.0.0.1'), server('127.0.0.2', check)] });
}

const FAILED = '-a -t 203.0.113.10:80 -r 127.0.0.2:80 -m -w 1';

test('a server that has failed counts as up with other checks, until they fail too, but not with alpha', async (t) => {
  const director = await startReloading(t, networkOf(t), checked());
  await director.untilTable(SERVICE, FIRST);
  await director.reload(checked('delay_loop 30'));
  assert.deepEqual(director.table(), [SERVICE, FIRST].sort(), 'the same check, at other times');
  assert.deepEqual(foretold(checked(), checked('delay_loop 30')), []);

  const alpha = checked('delay_loop 30', 'connect_timeout 2', 'alpha');
  await director.reload(alpha);
  assert.deepEqual(director.table(), [SERVICE, FIRST].sort(), 'another check, which begins as failed');
  assert.deepEqual(foretold(checked('delay_loop 30'), alpha), []);
  await sleep(1500);

  const other = checked('warmup 20', 'connect_timeout 3');
  await director.reload(other);
  assert.deepEqual(director.table(), [SERVICE, FIRST, FAILED].sort(), `another check\n${director.log()}`);
  assert.deepEqual(foretold(alpha, other), ['note failure-forgotten']);
});
