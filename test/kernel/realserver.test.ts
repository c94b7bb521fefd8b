import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { REAL_SERVERS, SERVICES, specText, vipOf } from './real-server-plan.ts';
import { everyAnswer, RealServerSite } from './real-server-site.ts';

const site = new RealServerSite('rs-');
const untouched = new Map<string, string>();

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('what real servers are told', () => {
  before(async () => {
    await site.build();
    // What somebody else has on the hosts.
    for (const name of REAL_SERVERS) site.run(name, 'ip address add 198.51.100.7/32 dev lo');
    site.run('dr-2', 'sysctl -qw net.ipv4.conf.all.arp_ignore=2');
    for (const name of REAL_SERVERS) untouched.set(name, site.stateOf(name));
  });

  after(() => site.remove());

  test('before anything is set up no request is answered', () => {
    assert.deepEqual(site.answers(), Object.fromEntries(SERVICES.map(({ name }) => [name, []])));
  });

  test('the scripts make every service answer: dr, ipip, gue and gre, both families, and one within the other', async () => {
    for (const name of REAL_SERVERS) assert.match(await site.setUp(name), /added .*\/32 to /);
    assert.deepEqual(site.answers(), everyAnswer());
  });

  test('the director alone answers ARP for a VIP, and a real server would without arp_ignore', () => {
    const answering = () => {
      const said = site.run('client', `busybox arping -c 3 -I eth0 ${vipOf('dr-ipv4')} || :`);
      return [...new Set([...said.matchAll(/\[([0-9a-f:]+)\]/g)].map(([, mac = '']) => mac))].sort();
    };
    assert.deepEqual(answering(), [site.macOf('director')]);
    site.run('dr-1', 'sysctl -qw net.ipv4.conf.all.arp_ignore=0');
    const open = answering();
    site.run('dr-1', 'sysctl -qw net.ipv4.conf.all.arp_ignore=1');
    assert.deepEqual(open, [site.macOf('director'), site.macOf('dr-1')].sort());
  });

  test('a neighbour solicitation for an IPv6 VIP is answered by the director alone', () => {
    const vip = vipOf('dr-ipv6');
    const asking = [
      `timeout -s INT 10 tcpdump -i eth0 -n -l -e 'icmp6 and ip6[40] == 136' >${site.folder}/seen &`,
      `sleep 2; for i in 1 2 3; do ip -6 neigh flush dev eth0; curl -s -m 2 http://[${vip}]/; done >/dev/null`,
      `wait; cat ${site.folder}/seen`,
    ];
    const seen = site.run('client', asking.join('\n'));
    const senders = [...seen.matchAll(/^\S+ (\S+) > .* tgt is (\S+),/gm)].filter(([, , target]) => target === vip);
    assert.deepEqual([...new Set(senders.map(([, mac]) => mac))], [site.macOf('director')], seen);
  });

  for (const [name, ...shell] of [
    ['far', 'sh'],
    ['dr-1', 'bash', '--posix'],
    ['dr-2', 'busybox', 'sh'],
  ] as const)
    test(`a second run changes nothing on ${name}, by ${shell[0]}`, async () => {
      const before = site.stateOf(name);
      assert.equal(await site.setUp(name, shell), 'realserver: nothing to change\n');
      assert.equal(site.stateOf(name), before);
    });

  test('what a later spec does not want is taken back, and the rest goes on', async () => {
    const kept = SERVICES.filter(({ name }) => /^(dr|ipip)-ipv/.test(name));
    const said = site.runScript('far', await site.render(['realserver', 'far'], specText(kept)));
    assert.match(said, /removed the device lvs-gre\n/);
    assert.match(said, /UDP port 6081 takes no GUE any more \(ipv6\)\n/);
    assert.doesNotMatch(said, /added/);
    assert.doesNotMatch(site.stateOf('far'), /lvs-(gre|sit)|^port /m);
    const answered = Object.entries(site.answers()).filter(([, names]) => names.length > 0);
    assert.deepEqual(
      answered.map(([name]) => name),
      kept.map(({ name }) => name),
    );
  });

  test('undo brings back every host as it was, with what others have on it', async () => {
    for (const name of REAL_SERVERS) {
      await site.undo(name);
      assert.equal(site.stateOf(name), untouched.get(name), name);
    }
    assert.equal(await site.undo('far'), 'realserver: nothing to change\n');
  });

  test('a parameter that somebody changed meanwhile is left as it is', async () => {
    await site.setUp('dr-1');
    site.run('dr-1', 'sysctl -qw net.ipv4.conf.all.arp_ignore=8');
    assert.match(await site.undo('dr-1'), /all\/arp_ignore was changed by somebody else, and stays/);
    assert.equal(site.run('dr-1', 'sysctl -n net.ipv4.conf.all.arp_ignore'), '8\n');
    site.run('dr-1', 'sysctl -qw net.ipv4.conf.all.arp_ignore=0');
  });

  test('a VIP that is on another interface too is told, since that one answers for it', async () => {
    const vip = vipOf('dr-ipv4');
    site.run('dr-1', `ip address add ${vip}/24 dev eth0`);
    const said = await site.setUp('dr-1', ['sh', '-c', 'sh 2>&1']);
    site.run('dr-1', `ip address del ${vip}/24 dev eth0`);
    assert.match(said, new RegExp(`${vip} is an address of eth0 too, which answers for it`));
    await site.undo('dr-1');
    assert.equal(site.stateOf('dr-1'), untouched.get('dr-1'));
  });

  test('a script that cannot go on says why, and what it made is taken back all the same', async () => {
    site.run('dr-1', 'sysctl -qw net.ipv6.conf.lo.disable_ipv6=1');
    await assert.rejects(site.setUp('dr-1', ['sh', '-c', 'sh 2>&1']), ({ stdout }: { stdout: string }) => {
      assert.match(stdout, /IPv6 is disabled|Permission denied/);
      return true;
    });
    await site.undo('dr-1');
    site.run('dr-1', 'sysctl -qw net.ipv6.conf.lo.disable_ipv6=0');
    assert.equal(site.stateOf('dr-1'), untouched.get('dr-1'));
  });
});
