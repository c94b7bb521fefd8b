import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advertsIn } from '../../../src/host/facts/adverts.ts';
import { macsIn } from '../../../src/host/facts/arp-answers.ts';
import { readIpvs } from '../../../src/host/facts/keepalived-conf.ts';
import { listenersIn } from '../../../src/host/facts/listeners.ts';
import { readValues } from '../../../src/host/sysctl.ts';

test('kernel parameters are named as sysctl(8) does, with a slash for a dot of an interface', () => {
  const listing = 'net/ipv4/ip_forward:1\nnet/ipv4/conf/eth0.7/rp_filter:2\nnet/ipv4/vs/sync_threshold:3\t50\n';
  assert.deepEqual(
    [...readValues(listing)],
    [
      ['net.ipv4.ip_forward', '1'],
      ['net.ipv4.conf.eth0/7.rp_filter', '2'],
      ['net.ipv4.vs.sync_threshold', '3\t50'],
    ],
  );
});

test('sockets are read as ss prints them', () => {
  const listing = `udp   UNCONN 0      0      127.0.0.53%lo:53         0.0.0.0:*
udp   UNCONN 0      0      [fe80::1]%eth0:546             [::]:*
tcp   LISTEN 0      4096         0.0.0.0:22         0.0.0.0:*
tcp   LISTEN 0      511                *:80               *:*
tcp   LISTEN 0      128            [::1]:631             [::]:*
`;
  assert.deepEqual(
    listenersIn(listing).map(({ protocol, address, port }) => `${protocol} ${address} ${port}`),
    ['udp 127.0.0.53 53', 'udp fe80::1 546', 'tcp 0.0.0.0 22', 'tcp * 80', 'tcp ::1 631'],
  );
});

test('adverts of both versions and families are read as tcpdump prints them', () => {
  const listing = `14:45:20.347212 eth0  M   IP 192.0.2.11 > 224.0.0.18: VRRPv2, Advertisement, vrid 51, prio 150, authtype none, intvl 1s, length 20
14:49:32.220072 eth0.7 M  IP6 fe80::9c99:45ff:fed9:824b > ff02::12: VRRPv3, Advertisement, vrid 52, prio 0, intvl 100cs, length 40
14:49:32.220072 eth0  M   IP 192.0.2.13 > 224.0.0.18: AH(spi=0xc000020d,seq=0x2): VRRPv2, Advertisement, vrid 53, prio 90, authtype ah, intvl 1s, length 20
14:49:33.000000 eth0  M   IP 192.0.2.14 > 224.0.0.18: ip-proto-112 20
`;
  assert.deepEqual(
    advertsIn(listing).map((one) => [one.interface, one.source.text, one.virtualRouterId, one.priority].join(' ')),
    ['eth0 192.0.2.11 51 150', 'eth0.7 fe80::9c99:45ff:fed9:824b 52 0', 'eth0 192.0.2.13 53 90'],
  );
});

const ANSWERS = [
  [
    'busybox',
    'ARPING 203.0.113.10 from 0.0.0.0 vb\nUnicast reply from 203.0.113.10 [8e:3a:05:d8:20:81] 2.643ms\nSent 1 probe(s) (0 broadcast(s))\n',
  ],
  [
    'iputils',
    'ARPING 203.0.113.10 from 0.0.0.0 vb\nUnicast reply from 203.0.113.10 [8E:3A:05:D8:20:81]  1.066ms\nUnicast reply from 203.0.113.10 [8E:3A:05:D8:20:81]  1.1ms\nSent 2 probes (1 broadcast(s))\n',
  ],
] as const;

for (const [whose, listing] of ANSWERS) {
  test(`answers by ARP are read as the arping of ${whose} prints them, each MAC address once`, () => {
    assert.deepEqual(macsIn(listing), ['8e:3a:05:d8:20:81']);
  });
}

test('what a keepalived.conf has of IPVS is read: virtual servers, groups, marks, and what empties the table', () => {
  const text = `global_defs { lvs_flush
  lvs_flush_on_stop VS   # its own alone
}
# virtual_server 192.0.2.9 9 { }
virtual_server_group both {
  203.0.113.10 80
  203.0.113.20-29 80
  fwmark 7
}
virtual_server 203.0.113.10 443 {
  protocol TCP
  real_server 10.0.0.21 443 { TCP_CHECK { connect_timeout 1 } }
}
virtual_server 2001:DB8::10 53 { delay_loop 5 }
virtual_server fwmark 9 { ip_family inet6 }
virtual_server group both { protocol TCP }
`;
  const { services, flushes } = readIpvs([text]);
  assert.deepEqual(flushes, ['lvs_flush']);
  assert.deepEqual(
    services.map((one) =>
      one.kind === 'fwmark' ? `${one.family} mark ${one.mark}` : `${one.protocol} ${one.vip} ${one.port}`,
    ),
    ['tcp 203.0.113.10 443', 'udp 2001:db8::10 53', 'ipv6 mark 9', 'tcp 203.0.113.10 80', 'ipv4 mark 7'],
  );
});
