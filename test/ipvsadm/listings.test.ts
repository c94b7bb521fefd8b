import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDaemon } from '../../src/ipvsadm/parse-daemon.ts';
import { parseRates } from '../../src/ipvsadm/parse-rates.ts';
import { parseThresholds } from '../../src/ipvsadm/parse-thresholds.ts';
import { parseTimeouts } from '../../src/ipvsadm/parse-timeouts.ts';

const THRESHOLD_TITLE = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn 
  -> RemoteAddress:Port
`;
const RATE_TITLE = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS
  -> RemoteAddress:Port
`;

const ROWS = `TCP  192.0.2.1:80 wrr
  -> 10.0.0.1:80                  10         5          3          2         
  -> 10.0.0.2:80                  4294967295 0          0          0         
UDP  192.0.2.5:53 rr ops
SCTP 192.0.2.5:99 rr
TCP  [2001:db8:1111:2222:3333:4444:5555:6666]:80 sh (sh-fallback,sh-port) persistent 300 mask 64
  -> [2001:db8:1111:2222:3333:4444:5555:7777]:80 0          0          7          0         
FWM  -1 rr persistent 10 pe sip
FWM  7 IPv6 sh (sh-port)
  -> [fd00::1:2:3:4:5555]:0       0          0          0          9         
`;

const load = (upperThreshold: number, lowerThreshold: number, active: number, inactive: number) => ({
  upperThreshold,
  lowerThreshold,
  active,
  inactive,
});

test('thresholds and connections are read, whatever kind of service they stand under', () => {
  const { loads, nameless } = parseThresholds(THRESHOLD_TITLE + ROWS) ?? assert.fail('not read');
  assert.equal(nameless, 0);
  assert.deepEqual(
    [...loads].map(([key, servers]) => [key, [...servers]]),
    [
      [
        'tcp 192.0.2.1:80',
        [
          ['10.0.0.1:80', load(10, 5, 3, 2)],
          ['10.0.0.2:80', load(4294967295, 0, 0, 0)],
        ],
      ],
      ['udp 192.0.2.5:53', []],
      ['sctp 192.0.2.5:99', []],
      [
        'tcp [2001:db8:1111:2222:3333:4444:5555:6666]:80',
        [['[2001:db8:1111:2222:3333:4444:5555:7777]:80', load(0, 0, 7, 0)]],
      ],
      ['fwmark 4294967295', []],
      ['fwmark 7 ipv6', [['[fd00::1:2:3:4:5555]:0', load(0, 0, 0, 9)]]],
    ],
  );
});

for (const line of ['?    192.0.2.7:0 wlc', 'ICMP 192.0.2.7:0 wlc', 'FWM  0 wlc', 'TCP  web:http wlc']) {
  test(`ipvsman-fwm-rows: rows under "${line}" are not given to the service above it`, () => {
    const foreign = `${line}\n  -> 10.0.0.66:80                 1          0          0          0         \n`;
    const { loads, nameless } = parseThresholds(THRESHOLD_TITLE + ROWS + foreign) ?? assert.fail('not read');
    assert.equal(nameless, 2);
    assert.deepEqual(loads, parseThresholds(THRESHOLD_TITLE + ROWS)?.loads);
  });
}

const BROKEN: readonly (readonly [claim: string, text: string])[] = [
  ['nothing at all', ''],
  ['an error message', 'Memory allocation problem\n'],
  ['a title that is cut off', THRESHOLD_TITLE.split('\n').slice(0, 2).join('\n')],
  ['the columns of another listing', RATE_TITLE],
  ['a row that is cut off', `${THRESHOLD_TITLE}TCP  192.0.2.1:80 wrr\n  -> 10.0.0.1:80                  10         5`],
  ['a number that is shortened', `${THRESHOLD_TITLE}TCP  192.0.2.1:80 wrr\n  -> 10.0.0.1:80   10  5  120000K  0\n`],
  ['a column too many', `${THRESHOLD_TITLE}TCP  192.0.2.1:80 wrr\n  -> 10.0.0.1:80   10  5  1  0  0\n`],
  ['a real server without an address', `${THRESHOLD_TITLE}TCP  192.0.2.1:80 wrr\n  -> web1:80   10  5  1  0\n`],
  ['an indented row', `${THRESHOLD_TITLE} TCP  192.0.2.1:80 wrr\n`],
  ['a row of one word', `${THRESHOLD_TITLE}TCP\n`],
];

for (const [claim, text] of BROKEN) {
  test(`${claim} is no listing`, () => assert.equal(parseThresholds(text), undefined));
}

test('rates are read by service and real server, and no row is given to the wrong service', () => {
  const rates = parseRates(`${RATE_TITLE}FWM  -1                                  0        0        0        0        0
TCP  192.0.2.1:80                        1        2        3        4        5
  -> 10.0.0.1:80                         6        7        8 12345678901        9
?    192.0.2.7:0                         9        9        9        9        9
  -> 10.0.0.1:80                         9        9        9        9        9
FWM  7 IPv6                              0        0        0        0        0
`);
  const web = rates?.get('tcp 192.0.2.1:80');
  assert.deepEqual([...(rates?.keys() ?? [])], ['fwmark 4294967295', 'tcp 192.0.2.1:80', 'fwmark 7 ipv6']);
  assert.deepEqual(web?.service, { connections: 1, inPackets: 2, outPackets: 3, inBytes: 4, outBytes: 5 });
  const server = { connections: 6, inPackets: 7, outPackets: 8, inBytes: 12345678901, outBytes: 9 };
  assert.deepEqual(web?.servers.get('10.0.0.1:80'), server);
});

for (const row of ['TCP  192.0.2.1:80  1 2 3 4', 'TCP  192.0.2.1:80  1 2 3 4 5K', 'TCP  192.0.2.1:80 wrr']) {
  test(`"${row}" is no row of rates`, () => assert.equal(parseRates(`${RATE_TITLE}${row}\n`), undefined));
}

test('time-outs are three numbers after their title', () => {
  assert.deepEqual(parseTimeouts('Timeout (tcp tcpfin udp): 900 120 300\n'), { tcp: 900, tcpFin: 120, udp: 300 });
  for (const text of ['', 'Timeout (tcp tcpfin udp): 900 120\n', 'Timeout (tcp udp): 900 120 300\n']) {
    assert.equal(parseTimeouts(text), undefined);
  }
});

const MASTER = 'master sync daemon (mcast=d0, syncid=5, maxlen=1472, group=224.0.0.81, port=8848, ttl=1)\n';

test('no sync daemon, one or two are read', () => {
  const master = {
    role: 'master',
    interface: 'd0',
    syncId: 5,
    maxLength: 1472,
    group: '224.0.0.81',
    port: 8848,
    ttl: 1,
  };
  const backup = MASTER.replace('master', 'backup').replace('224.0.0.81', 'ff02:0::81');
  assert.deepEqual(parseDaemon(''), []);
  assert.deepEqual(parseDaemon(MASTER), [master]);
  assert.deepEqual(parseDaemon(MASTER + backup), [master, { ...master, role: 'backup', group: 'ff02::81' }]);
});

for (const text of [MASTER.slice(0, 40), 'No such device\n', MASTER.replace('master', 'both'), `${MASTER}more\n`]) {
  test(`"${text.trim()}" is no listing of sync daemons`, () => assert.equal(parseDaemon(text), undefined));
}
