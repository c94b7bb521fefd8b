import assert from 'node:assert/strict';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { REAL_SERVERS, SERVICES, vipOf } from './real-server-plan.ts';
import { everyAnswer, RealServerSite } from './real-server-site.ts';

const site = new RealServerSite('rf-');
const untouched = new Map<string, string>();

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('files for real servers', () => {
  before(async () => {
    await site.build();
    for (const name of REAL_SERVERS) untouched.set(name, site.stateOf(name));
  });

  after(() => site.remove());

  /** The state without what the file for sysctl.d set, which nothing takes back. */
  function withoutArp(state = ''): string {
    return state.replace(/^.*\/all\/(arp_ignore|arp_announce):.*\n/gm, '');
  }

  test('files for ifupdown make every service answer, and ifdown ends it', async () => {
    for (const name of REAL_SERVERS) {
      const file = join(site.folder, `${name}.interfaces`);
      writeFileSync(file, await site.render(['realserver', name, '--format', 'ifupdown']));
      site.run(name, `mkdir ${file}.state && ifup -i ${file} --state-dir ${file}.state lvs`);
    }
    assert.deepEqual(site.answers(), everyAnswer());
    for (const name of REAL_SERVERS) {
      const file = join(site.folder, `${name}.interfaces`);
      site.run(name, `ifdown -i ${file} --state-dir ${file}.state lvs`);
      assert.equal(withoutArp(site.stateOf(name)), withoutArp(untouched.get(name)), name);
    }
  });

  /** systemd-networkd without udev, which it does not wait for where /sys is read-only, until VIPs and devices are there. */
  function runNetworkd(name: string, directory: string, isDone: string): string {
    return site.run(
      name,
      `unshare -m sh -e <<'END' 2>&1
    mkdir -p /run/systemd
    mount -t tmpfs tmpfs /run/systemd
    mkdir /run/systemd/network /run/systemd/netif
    chown systemd-network: /run/systemd/netif
    cp ${directory}/etc/systemd/network/* /run/systemd/network
    mount -t sysfs -o ro sysfs /sys
    SYSTEMD_LOG_TARGET=console /lib/systemd/systemd-networkd &
    for i in $(seq 600); do ${isDone} && break; sleep 0.1; done
    kill $!
    wait $! || :
END`,
    );
  }

  test('files for systemd make every service answer', async () => {
    for (const name of REAL_SERVERS) {
      const directory = join(site.folder, name);
      await site.render(['realserver', name, '--format', 'networkd', '-o', directory]);
      const vip = name === 'far' ? vipOf('gre-4in6') : vipOf('dr-ipv6');
      const said = runNetworkd(name, directory, `ip -o address show to ${vip} | grep -q .`);
      assert.doesNotMatch(said, /unknown|failed to parse|ignoring|invalid|could not/i);
      for (const unit of globSync(join(directory, 'etc/systemd/system/*'))) runUnit(name, unit);
      site.run(name, `sysctl -p ${directory}/etc/sysctl.d/90-lvs-realserver.conf`);
    }
    assert.deepEqual(site.answers(), everyAnswer());
  });

  /** What systemd would do with a oneshot service that it accepts. */
  function runUnit(name: string, unit: string): void {
    assert.equal(site.run(name, `systemd-analyze verify ${unit} 2>&1`), '');
    const commands = readFileSync(unit, 'utf8').matchAll(/^ExecStart(?:Pre=-|=)(.*)$/gm);
    for (const [, command] of commands) site.run(name, `${command}`);
  }

  const SEGMENTS = {
    'ipip-ipv4': 1440,
    'ipip-ipv6': 1400,
    'gre-ipv4': 1436,
    'gre-ipv6': 1396,
    'gue-ipv4': 1428,
    'gue-ipv6': 1388,
    'gue-remcsum': 1420,
    'ipip-6in4': 1420,
    'gre-4in6': 1416,
  } as const;

  for (const [name, mss] of Object.entries(SEGMENTS))
    test(`by ${name} segments of ${mss} bytes fit, as the advice says, and one more byte does not`, async () => {
      assert.match(await site.render(['realserver', 'far']), new RegExp(`"advmss\\s(# )?${mss}"`));
      assert.deepEqual([tooBig(name, mss), tooBig(name, mss + 1)], [false, true]);
    });

  /** Whether the director refuses packets of an upload when the real server announces this segment size. */
  function tooBig(name: string, mss: number): boolean {
    const vip = vipOf(name);
    const isIpv6 = vip.includes(':');
    const route = isIpv6
      ? `-6 route change fd00:1::/64 dev eth0 proto kernel metric 256 advmss ${mss}`
      : `route change 10.1.0.0/24 dev eth0 proto kernel scope link src 10.1.0.31 advmss ${mss}`;
    site.run('far', `ip ${route}`);
    const before = refusals();
    const url = isIpv6 ? `http://[${vip}]/` : `http://${vip}/`;
    const upload = `ip link set eth0 gso_max_segs 1; head -c 20000 /dev/zero | curl -s -m 5 --data-binary @- ${url}`;
    assert.equal(site.run('client', upload), 'far\n');
    return refusals() > before;
  }

  /** ICMP about packets that are too long, sent by the director. */
  function refusals(): number {
    const counters = site.run('director', 'nstat -asz IcmpOutDestUnreachs Icmp6OutPktTooBigs');
    return [...counters.matchAll(/^Icmp\S+\s+(\d+)/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
  }

  test('every service has its budget', () => {
    const tunnels = SERVICES.map(({ name }) => name).filter((name) => !/^dr-|-csum-/.test(name));
    assert.deepEqual(Object.keys(SEGMENTS), tunnels);
  });
});
