import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSave } from '../../src/ipvsadm/parse-save.ts';
import { serviceKey } from '../../src/model/table.ts';

const HEALTHY = ['-A -t 192.0.2.1:80 -s wlc', '-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 1'];

/** Rows that cannot be read, why, and how many of them name nobody. */
const UNREAD: readonly (readonly [rows: readonly string[], reason: RegExp, nameless?: number])[] = [
  [
    ['-A --xxx-service 192.0.2.9:80 -s wlc', '-a --xxx-service 192.0.2.9:80 -r 10.0.0.9:80 -m -w 1'],
    /^Its protocol is neither tcp, udp nor sctp/,
    2,
  ],
  [['-A -t 192.0.2.6:82 -s none', '-a -t 192.0.2.6:82 -r 10.0.0.9:82 -m -w 1'], /without a scheduler/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 (null) -w 1'], /forwarding method is one that ipvsadm has no option for/],
  [['-A -t 192.0.2.7:82 -s sh -b '], /scheduler flag that ipvsadm has no name for/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -i -w 1'], /tunnel is of a type that ipvsadm has no name for/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -i -w 1 --tun-type vxlan'], /do not make a tunnel of type "vxlan"/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -i -w 1 --tun-type gue --tun-nocsum'], /do not make a tunnel of type "gue"/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -i -w 1 --tun-type gre --tun-remcsum'], /do not make a tunnel of type "gre"/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -i -w 1 --tun-type ipip --tun-port 5'], /do not make a tunnel of type "ipip"/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -m -w 1 --tun-type ipip'], /"--tun-type" needs -i/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -m -g -w 1'], /exactly one of -m, -g and -i/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -m -w -1'], /no weight/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -m -w 2147483648'], /no weight/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -m -w 1 -x many'], /thresholds are no numbers/],
  [['-a -t 192.0.2.1:80 -r web1:80 -m -w 1'], /address is not address:port \("web1:80"\)/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -m -w 1 -s rr'], /"-s" does not belong to a real server/],
  [['-A -t 192.0.2.7:80 -s rr -m'], /"-m" does not belong to a service/],
  [['-A -t 192.0.2.7:80 -s rr --new-option 5'], /^Unknown option "--new-option"$/],
  [['-a -t 192.0.2.1:80 -r 10.0.0.9:80 -m -w 1 --new-option'], /^Unknown option "--new-option"$/],
  [['-A -t 192.0.2.7:80 -s rr -s wrr'], /"-s" stands twice/],
  [['-A -t 192.0.2.7:80'], /no scheduler/],
  [['-A -t 192.0.2.7:80 -s rr -b sh-port'], /Unknown scheduler flag in "-b sh-port"/],
  [['-A -t 192.0.2.7:80 -s rr -p 0'], /persistence is not a time-out and a netmask/],
  [['-A -t [2001:db8::1]:80 -s rr -p 5 -M 129'], /persistence is not a time-out and a netmask/],
  [['-A -t 192.0.2.7:80 -s rr -p 5 -M 24'], /persistence is not a time-out and a netmask/],
  [['-A -t 192.0.2.7:http -s rr'], /names no service/, 1],
  [['-A -t 192.0.2.7:65536 -s rr'], /names no service/, 1],
  [['-A -t 192.0.2.7 -s rr'], /names no service/, 1],
  [['-A -t [192.0.2.7]:80 -s rr'], /names no service/, 1],
  [['-A -t 192.0.2.7:80 -f 7 -s rr'], /names no service/, 1],
  [['-A -f 0 -s rr'], /names no service/, 1],
  [['-A -f 4294967296 -s rr'], /names no service/, 1],
  [['-C'], /only -A and -a lines, not "-C"/, 1],
  [['# saved by hand'], /only -A and -a lines, not "#"/, 1],
  [['-a -t 192.0.2.77:80 -r 10.0.0.9:80 -m -w 1'], /service is not listed/],
];

for (const [rows, reason, nameless = 0] of UNREAD) {
  test(`never skipped, never guessed at: ${rows[0]}`, () => {
    const listing = parseSave([...rows, ...HEALTHY].join('\n'));
    assert.deepEqual(
      listing.unread.map(({ text, line }) => ({ text, line })),
      rows.map((text, at) => ({ text: text.trimEnd(), line: at + 1 })),
    );
    assert.match(listing.unread[0]?.reason ?? '', reason);
    assert.equal(listing.nameless, nameless);
    assert.deepEqual(listing.services, parseSave(HEALTHY.join('\n')).services);
  });
}

test('the rows of a service that cannot be read are not given to the one above it', () => {
  const { services, unread } = parseSave(
    [...HEALTHY, '-A -t 192.0.2.6:82 -s none', '-a -t 192.0.2.6:82 -r 10.0.0.66:82 -m -w 1'].join('\n'),
  );
  assert.deepEqual(
    services[0]?.servers.map(({ address }) => address),
    ['10.0.0.1'],
  );
  assert.equal(unread[1]?.reason, 'Its service is not listed, or cannot be read');
});

test('a row that is there twice counts once, as the kernel repeats rows while somebody adds one', () => {
  const { services, unread, conflicts } = parseSave([...HEALTHY, ...HEALTHY].join('\n'));
  assert.deepEqual([services, unread, conflicts], [parseSave(HEALTHY.join('\n')).services, [], []]);
});

for (const [row, key] of [
  ['-A -t 192.0.2.1:80 -s rr', 'tcp 192.0.2.1:80'],
  ['-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 2', 'tcp 192.0.2.1:80 10.0.0.1:80'],
]) {
  test(`the same ${key} with other attributes is a conflict, not a choice`, () => {
    const { unread, conflicts } = parseSave([...HEALTHY, row].join('\n'));
    assert.deepEqual(conflicts, [key]);
    assert.equal(unread[0]?.reason, `${key} is listed before with other attributes`);
  });
}

test('an unread row that names its service and server still counts as there', () => {
  const { named } = parseSave([...HEALTHY, '-a -t 192.0.2.1:80 -r 10.0.0.9:80 (null) -w 1'].join('\n'));
  assert.deepEqual([...(named.get('tcp 192.0.2.1:80') ?? [])], ['10.0.0.1:80', '10.0.0.9:80']);
});

test('names that every object has are no options', () => {
  const { unread } = parseSave('-A -t 192.0.2.1:80 -s rr constructor\n-A -t 192.0.2.1:81 -s constructor -b toString\n');
  assert.match(unread[0]?.reason ?? '', /^Unknown option "constructor"$/);
  assert.match(unread[1]?.reason ?? '', /^Unknown scheduler flag in "-b toString"$/);
});

test('an empty listing is an empty table', () => {
  const { services, unread, nameless } = parseSave('');
  assert.deepEqual([services, unread, nameless], [[], [], 0]);
});

test('services are sorted, whatever the order of the rows, which ipvsadm does not really sort', () => {
  const rows = [
    '-A -f 7 -s rr',
    '-A -t [2001:db8::1]:80 -s rr',
    '-A -t 192.0.2.10:80 -s rr',
    '-A -t 192.0.2.9:80 -s rr',
  ];
  const keys = parseSave(rows.join('\n')).services.map(({ address }) => serviceKey(address));
  assert.deepEqual(keys, ['tcp 192.0.2.9:80', 'tcp 192.0.2.10:80', 'tcp [2001:db8::1]:80', 'fwmark 7']);
});
