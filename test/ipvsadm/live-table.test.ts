import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assembleLiveTable, type Listings, parseSavedListing } from '../../src/ipvsadm/live-table.ts';

const TITLE = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn 
  -> RemoteAddress:Port
`;

const LISTINGS: Listings = {
  save: `-A -t 192.0.2.1:80 -s wrr
-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 3
-A -f -1 -6 -s rr
`,
  thresholds: `${TITLE}TCP  192.0.2.1:80 wrr
  -> 10.0.0.1:80                  10         5          3          2         
FWM  -1 IPv6 rr
`,
  timeouts: 'Timeout (tcp tcpfin udp): 900 120 300\n',
  daemon: '',
};

function assemble(change: Partial<Listings>) {
  return assembleLiveTable({ ...LISTINGS, ...change });
}

test('ipvsctl-thresholds-kept: the listings are one table, with thresholds, connections and all', () => {
  const assembled = assemble({});
  assert.ok(assembled.ok);
  const { services, connections, unread, timeouts, syncDaemons } = assembled.table;
  assert.deepEqual(
    services.map(({ servers }) => servers.map((each) => [each.weight, each.upperThreshold, each.lowerThreshold])),
    [[[3, 10, 5]], []],
  );
  assert.deepEqual([...connections.keys()], ['tcp 192.0.2.1:80', 'fwmark 4294967295 ipv6']);
  assert.deepEqual(connections.get('tcp 192.0.2.1:80')?.get('10.0.0.1:80'), { active: 3, inactive: 2 });
  assert.deepEqual([unread, timeouts, syncDaemons], [[], { tcp: 900, tcpFin: 120, udp: 300 }, []]);
});

const DIFFERENCES: readonly (readonly [change: Partial<Listings>, difference: RegExp])[] = [
  [{ save: '' }, /^tcp 192.0.2.1:80 is in "ipvsadm -Ln --thresholds" only$/],
  [{ save: `${LISTINGS.save}-A -t 192.0.2.2:80 -s rr\n` }, /^tcp 192.0.2.2:80 is in "ipvsadm -Sn" only$/],
  [{ save: LISTINGS.save.replace('10.0.0.1', '10.0.0.2') }, /^tcp 192.0.2.1:80 10.0.0.2:80 is in "ipvsadm -Sn" only$/],
  [{ save: LISTINGS.save.replace(/^-a.*\n/m, '') }, /^tcp 192.0.2.1:80 10.0.0.1:80 is in "ipvsadm -Ln --thr/],
  [{ save: LISTINGS.save.replace('-6 ', '') }, /^fwmark 4294967295 is in/],
  [
    { save: `${LISTINGS.save}-A --xxx-service 192.0.2.1:80 -s rr\n` },
    /^One listing has 1 unreadable rows, the other 0$/,
  ],
  [{ save: `${LISTINGS.save}-A -t 192.0.2.1:80 -s rr\n` }, /^tcp 192.0.2.1:80 is listed twice with different attr/],
  [{ thresholds: '' }, /--thresholds" is not a whole listing$/],
  [{ timeouts: '' }, /--timeout" does not show the three time-outs$/],
  [{ daemon: 'what\n' }, /--daemon" shows something else than sync daemons$/],
];

for (const [change, difference] of DIFFERENCES) {
  test(`listings of two moments are refused: ${difference.source}`, () => {
    const assembled = assemble(change);
    assert.ok(!assembled.ok);
    assert.match(assembled.difference, difference);
  });
}

test('a row that cannot be read is shown, does not make the listings differ, and hides nothing else', () => {
  const assembled = assemble({
    save: `${LISTINGS.save}-A -t 192.0.2.6:82 -s none
-a -t 192.0.2.6:82 -r 10.0.0.6:82 -m -w 1
-a -t 192.0.2.1:80 -r 10.0.0.7:80 (null) -w 1
-A --xxx-service 192.0.2.9:80 -s rr
`,
    thresholds: `${LISTINGS.thresholds}?    192.0.2.9:80 rr
TCP  192.0.2.6:82 none
  -> 10.0.0.6:82                  0          0          0          0         
TCP  192.0.2.1:80 wrr
  -> 10.0.0.7:80                  0          0          0          0         
`,
  });
  assert.ok(assembled.ok);
  assert.deepEqual(
    assembled.table.unread.map(({ text }) => text),
    [
      '-A -t 192.0.2.6:82 -s none',
      '-a -t 192.0.2.6:82 -r 10.0.0.6:82 -m -w 1',
      '-a -t 192.0.2.1:80 -r 10.0.0.7:80 (null) -w 1',
      '-A --xxx-service 192.0.2.9:80 -s rr',
    ],
  );
  assert.deepEqual(
    assembled.table.services.map(({ servers }) => servers.length),
    [1, 0],
  );
});

test('a saved listing knows no connections, time-outs or daemons, and names the lines that it cannot read', () => {
  const table = parseSavedListing(`${LISTINGS.save}\r\n# a remark\n`);
  assert.equal(table.services.length, 2);
  assert.deepEqual([table.connections.size, table.timeouts, table.syncDaemons], [0, null, null]);
  assert.deepEqual(table.unread, [
    { text: '# a remark', reason: 'Line 5: A table holds only -A and -a lines, not "#"' },
  ]);
});

test('ravel-tun-type-noise: -i without a tunnel type is IPIP in a saved listing, as ipvsadm -R takes it', () => {
  const rows = (rest: string) => `-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -i -w 1${rest}\n`;
  assert.deepEqual(parseSavedListing(rows('')), parseSavedListing(rows(' --tun-type ipip')));
});

test('"ipvsadm" in front, CRLF, tabs and blank lines are fine in a saved listing', () => {
  const text = LISTINGS.save.replaceAll('-A', 'ipvsadm  -A').replaceAll('\n', '\r\n\r\n').replaceAll(' -s ', '\t-s ');
  assert.deepEqual(parseSavedListing(text), parseSavedListing(LISTINGS.save));
});
