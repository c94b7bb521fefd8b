import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type Patient, patient, shell, startKeepalived, untilHeld } from './patient.ts';

const VIP = '203.0.113.10';
const NO_TRACK = '203.0.113.11';

/** Adverts twice a second: nobody waits long for a master, and a busy machine makes no second one. */
function spec({ web = '', more = '' }: { web?: string; more?: string } = {}): string {
  return `version: 1
directors:
  lb1: { address: 192.0.2.11, interface: eth0 }
  lb2: { address: 192.0.2.12, interface: eth0 }
vrrp:
  web:
    virtual_router_id: 51
    version: 3
    advert_interval: 500ms
    vips: [${VIP}/24, { address: ${NO_TRACK}/24, no_track: true }]
    priority: { lb1: 150, lb2: 100 }
services:
  web:
    { vip: ${VIP}, port: 80, scheduler: rr, forwarding: nat, check: none, servers: { web-1: 10.0.0.21 }${web} }
${more}`;
}

/** lb1, prepared as the spec above wants it. */
function preparedDirector(t: TestContext): Patient {
  const lb1 = patient(t);
  shell(`
    ip -n ${lb1.netns} address add 192.0.2.99/24 dev eth0
    ip -n ${lb1.netns} address add 192.0.2.11/24 dev eth0
    ip netns exec ${lb1.netns} sysctl -qw net.ipv4.ip_forward=1 net.ipv4.vs.expire_nodest_conn=1
  `);
  nameNeighbour(lb1, '192.0.2.12');
  lb1.host.write(spec());
  return lb1;
}

/** Gives the host at the other end of the wire this address and no other. */
function nameNeighbour({ neighbour }: Patient, address: string): void {
  shell(`ip -n ${neighbour} -4 address flush dev eth0; ip -n ${neighbour} address add ${address}/24 dev eth0`);
}

test('a director is told each thing that is broken on it, and the command it is given puts that right', async (t) => {
  const lb1 = preparedDirector(t);
  const inside = `ip netns exec ${lb1.netns}`;
  const first = await startKeepalived(t, { ...lb1, spec: spec() });
  await untilHeld(lb1.netns, VIP);
  const at = ['--keepalived-pid', first.pidFile];
  const well = await lb1.examine(...at);
  assert.deepEqual(well.ids, [], JSON.stringify(well.document.findings));
  assert.deepEqual(well.document.unseen, []);
  assert.deepEqual(well.document.host, { hostname: 'lb1', role: 'director', names: ['lb1'], netns: lb1.netns });

  await t.test('parameters of the kernel, its firewall, and its address', async () => {
    shell(`
      ${inside} sysctl -qw net.ipv4.ip_forward=0 net.ipv4.vs.expire_nodest_conn=0 net.ipv4.conf.eth0.proxy_arp=1
      ${inside} iptables-legacy -A INPUT -p vrrp -j DROP
      ip -n ${lb1.netns} address del 192.0.2.11/24 dev eth0
    `);
    const broken = await lb1.examine(...at);
    assert.deepEqual(broken.ids, ['DOC201', 'DOC303', 'DOC202', 'DOC204', 'DOC305']);
    broken.typeFixes();
  });

  await t.test('an interface that is down, and the fault that this is', async () => {
    shell(`ip -n ${lb1.netns} link set eth0 down`);
    await untilHeld(lb1.netns, VIP, false);
    const down = await lb1.examine(...at);
    assert.deepEqual(down.ids, ['DOC302', 'DOC404'], 'what was broken before is well again');
    down.typeFixes('DOC302');
    await untilHeld(lb1.netns, VIP);
  });

  await t.test('a second keepalived', async () => {
    await startKeepalived(t, { ...lb1, spec: spec() });
    const two = await lb1.examine(...at);
    assert.deepEqual(two.ids, ['DOC402']);
    two.typeFixes();
  });

  await t.test('VIPs that a killed keepalived left behind', async () => {
    await untilHeld(lb1.netns, VIP);
    await first.crash();
    const left = await lb1.examine(...at);
    assert.deepEqual(left.ids, ['DOC401', 'DOC405'], 'the second keepalived is gone');
    left.typeFixes('DOC405');
    const again = await startKeepalived(t, { ...lb1, spec: spec() });
    await untilHeld(lb1.netns, VIP);
    assert.deepEqual((await lb1.examine('--keepalived-pid', again.pidFile)).ids, []);
  });
});

test('a director hears who else is on the wire: another cluster, a second master, and who has its VIP', async (t) => {
  const lb1 = preparedDirector(t);
  await startKeepalived(t, { ...lb1, spec: spec() });
  const listen = () => lb1.examine('--listen', '2s');

  await t.test('another cluster with its virtual router id, while somebody left a VIP on this one', async () => {
    nameNeighbour(lb1, '192.0.2.66');
    const theirs = spec().replace('192.0.2.12', '192.0.2.66').replace('lb2: 100', 'lb2: 200');
    const foreign = await startKeepalived(t, { ...lb1, netns: lb1.neighbour, name: 'lb2', spec: theirs });
    await untilHeld(lb1.neighbour, VIP);
    await untilHeld(lb1.netns, VIP, false);
    shell(`ip -n ${lb1.netns} address add ${VIP}/24 dev eth0`);
    const heard = await listen();
    assert.deepEqual(heard.ids, ['DOC405', 'DOC407'], JSON.stringify(heard.document.findings));
    assert.match(
      heard.document.findings[1]?.seen ?? '',
      /^192\.0\.2\.66, .* virtual router 51 on eth0, with priority 200$/,
    );
    heard.typeFixes('DOC405');
    await foreign.crash();
    nameNeighbour(lb1, '192.0.2.12');
  });

  await t.test('a second master, kept from hearing this one by its firewall, which answers for the VIP', async () => {
    await untilHeld(lb1.netns, VIP);
    shell(`ip netns exec ${lb1.neighbour} iptables-legacy -A INPUT -p vrrp -j DROP`);
    await startKeepalived(t, { ...lb1, netns: lb1.neighbour, name: 'lb2', spec: spec() });
    await untilHeld(lb1.neighbour, VIP);
    const heard = await listen();
    assert.deepEqual(heard.ids, ['DOC308', 'DOC408'], JSON.stringify(heard.document.findings));
    shell(`ip netns exec ${lb1.neighbour} iptables-legacy -F INPUT`);
    await untilHeld(lb1.neighbour, VIP, false);
    assert.deepEqual((await listen()).ids, []);
  });
});

test('a director is told where its kernel, its interfaces and its keepalived are not those of the spec', async (t) => {
  const lb1 = preparedDirector(t);
  await startKeepalived(t, { ...lb1, spec: spec({ web: ', owner: keepalived' }) });
  await untilHeld(lb1.netns, NO_TRACK);
  shell(`ip -n ${lb1.netns} address del ${NO_TRACK}/24 dev eth0`);
  lb1.host.write(
    spec({ more: 'connection_sync: { interface: eth9 }' }).replace('_id: 51', '_id: 52').replace(': rr', ': twos'),
  );
  const { document, ids, typeFixes } = await lb1.examine();
  assert.deepEqual(ids, ['DOC102', 'DOC301', 'DOC403', 'DOC406', 'DOC409'], JSON.stringify(document.findings));
  typeFixes('DOC406');
  lb1.host.write(spec({ web: ', owner: keepalived' }));
  assert.deepEqual((await lb1.examine()).ids, []);
});

test('a director by tun is told the MTU that its tunnel needs', async (t) => {
  const lb1 = patient(t);
  shell(`
    ip -n ${lb1.netns} address add ${VIP}/24 dev eth0
    ip -n ${lb1.netns} link add servers type dummy
    ip -n ${lb1.netns} link set servers up
    ip -n ${lb1.netns} address add 10.0.0.1/24 dev servers
    ip netns exec ${lb1.netns} sysctl -qw net.ipv4.vs.expire_nodest_conn=1
  `);
  lb1.host.write(
    `version: 1\nservices: { web: { vip: ${VIP}, port: 80, scheduler: rr, forwarding: tun, check: none, servers: { web-1: 10.0.0.21 } } }\n`,
  );
  const tight = await lb1.examine();
  const hints = ({ findings }: typeof tight.document) =>
    findings.map(({ rule }) => rule).filter((rule) => rule !== 'DOC109');
  assert.deepEqual([hints(tight.document), tight.document.host.names], [['DOC304'], []]);
  tight.typeFixes('DOC304');
  assert.deepEqual(hints((await lb1.examine()).document), []);
});
