import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test, type TestContext } from 'node:test';
import { renderCommand } from '../../src/commands/render.ts';
import { runVerb } from '../commands/run-verb.ts';
import { type Host, networkScript, removalScript } from '../lab/network-script.ts';
import { runIn, runScript, startRealServers } from '../lab/site.ts';
import { defaultGateway, link, QUIET_ABOUT_VIP } from '../lab/site-network.ts';
import { addressPair } from '../lab/site-plan.ts';

// Directors lb1 and lb2 with all VIPs, of which lb1 answers for them; dr-1 and dr-2 beside them; nat-1 and nat-2 behind lb1; and
// one-1, by nat too, in the network of its VIP, with a client that is beyond a router.
const PREFIX = 'ds-';
const VIPS = { nat: addressPair(1, 101), dr: addressPair(1, 102), one: addressPair(1, 103) };
const HOSTS: readonly Host[] = [
  { ...plain('client', 10), sysctls: {} },
  director('lb1', 1, 'eth0'),
  director('lb2', 2, 'lo'),
  realServer('dr-1', 21),
  realServer('dr-2', 22),
  { name: 'nat-1', links: [link('eth0', 2, 11)], setup: defaultGateway(1), sysctls: {} },
  { name: 'nat-2', links: [link('eth0', 2, 12)], setup: defaultGateway(1), sysctls: {} },
  { ...plain('one-1', 41), setup: ['route add default via 10.1.0.1'] },
  {
    name: 'router',
    links: [link('eth0', 1, 254), { device: 'eth1', bridge: 'lan3', addresses: ['10.3.0.1/24'] }],
    setup: [],
    sysctls: { 'ipv4/ip_forward': 1 },
  },
  {
    name: 'far-client',
    links: [{ device: 'eth0', bridge: 'lan3', addresses: ['10.3.0.10/24'] }],
    setup: ['route add default via 10.3.0.1'],
    sysctls: {},
  },
];

function plain(name: string, host: number): Host {
  return { name, links: [link('eth0', 1, host)], setup: [], sysctls: {} };
}

function director(name: string, host: number, vipDevice: string): Host {
  const vips = Object.values(VIPS).flatMap(({ ipv4, ipv6 }) => [
    `addr add ${ipv4}/32 dev ${vipDevice}`,
    `addr add ${ipv6}/128 dev ${vipDevice} nodad preferred_lft 0`,
  ]);
  const setup = [...vips, 'route add default via 10.1.0.254'];
  const sysctls = vipDevice === 'lo' ? QUIET_ABOUT_VIP : {};
  return { name, links: [link('eth0', 1, host), link('eth1', 2, host)], setup, sysctls };
}

function realServer(name: string, host: number): Host {
  const setup = [`addr add ${VIPS.dr.ipv4}/32 dev lo`, `addr add ${VIPS.dr.ipv6}/128 dev lo nodad`];
  return { ...plain(name, host), setup, sysctls: QUIET_ABOUT_VIP };
}

const SPEC = `
version: 1
defaults: { check: none, drain: 0, scheduler: rr }
directors: { lb1: { address: 10.1.0.1, interface: eth0 }, lb2: { address: 10.1.0.2, interface: eth0 } }
vrrp: { v: { virtual_router_id: 5, vips: [${VIPS.nat.ipv4}/32, ${VIPS.dr.ipv4}/32, ${VIPS.one.ipv4}/24], excluded_vips: ['${VIPS.nat.ipv6}/128'] } }
services:
  nat: { vip: ${VIPS.nat.ipv4}, port: 80, forwarding: nat, servers: { nat-1: 10.2.0.11, nat-2: 10.2.0.12 } }
  nat6: { vip: '${VIPS.nat.ipv6}', port: 80, forwarding: nat, servers: { nat-1: 'fd00:2::11' } }
  dr: { vip: ${VIPS.dr.ipv4}, port: 80, forwarding: dr, scheduler: mh, scheduler_flags: [mh-fallback], servers: { dr-1: 10.1.0.21, dr-2: 10.1.0.22 } }
  one: { vip: ${VIPS.one.ipv4}, port: 80, forwarding: nat, servers: { one-1: 10.1.0.41 } }
`;

const folder = mkdtempSync(join(tmpdir(), 'director-sysctls-'));
let stopServers: () => Promise<void>;

// In a suite of its own: hooks of a file itself would run when the whole guest begins and ends.
describe('sysctls of a director', () => {
  before(async () => {
    runScript(networkScript(PREFIX, HOSTS));
    const names = ['dr-1', 'dr-2', 'nat-1', 'nat-2', 'one-1'];
    stopServers = (await startRealServers(names.map((name) => ({ name, netns: PREFIX + name, port: 80 })))).stop;
    writeFileSync(join(folder, 'site.lvs.yaml'), SPEC);
    const rules = await render('ipvsadm');
    for (const name of ['lb1', 'lb2']) runIn(PREFIX + name, ['ipvsadm', '-R'], rules);
  });

  after(async () => {
    await stopServers();
    runScript(removalScript(PREFIX, HOSTS));
    rmSync(folder, { recursive: true });
  });

  async function render(...args: readonly string[]): Promise<string> {
    const run = await runVerb(renderCommand, ['render', ...args, '-f', 'site.lvs.yaml'], { cwd: folder });
    assert.equal(run.exitCode, 0, run.stderr);
    return run.stdout;
  }

  function set(name: string, parameter: string, value: number): void {
    runIn(PREFIX + name, ['sysctl', '-qw', `${parameter}=${value}`]);
  }

  function ask(vip: string, from = 'client'): string {
    const url = vip.includes(':') ? `http://[${vip}]/` : `http://${vip}/`;
    return runIn(PREFIX + from, ['sh', '-c', `curl -s -m 2 ${url} || true`]).trim();
  }

  /** ICMP redirects that a host got. */
  function redirectsAt(name: string): number {
    return Number(runIn(PREFIX + name, ['sh', '-c', "nstat -asz IcmpInRedirects | awk '/InRedirects/ { print $2 }'"]));
  }

  /** A connection of a client that asks again whenever it is told to. */
  interface Connection {
    /** The answer, `closed`, or `silence`. */
    ask(): Promise<string>;
  }

  function connectTo(t: TestContext, vip: string): Connection {
    const script = `
    trap '' PIPE
    exec 3<>/dev/tcp/${vip}/80
    while read -r; do
      printf 'GET / HTTP/1.1\\r\\nHost: site\\r\\n\\r\\n' >&3 2>/dev/null
      answer=
      while :; do
        line=; read -r -t 8 line <&3; status=$?
        [ $status -le 128 ] || { echo silence; break; }
        [ $status = 0 ] || { echo closed; exit; }
        case $line in *-[0-9]) echo "$line"; break ;; esac
      done
    done`;
    const child = spawn('nsenter', [`--net=/run/netns/${PREFIX}client`, 'bash', '-c', script], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    t.after(() => child.kill('SIGKILL'));
    return { ask: () => askOver(child) };
  }

  function askOver(child: ChildProcess): Promise<string> {
    child.stdin?.write('again\n');
    return new Promise((done, fail) => {
      child.stdout?.once('data', (text: Buffer) => done(String(text).trim()));
      child.once('close', (code) => fail(new Error(`The client ended with ${code} and said nothing`)));
    });
  }

  test('nat answers once the parameters are set, in both families, and not before', async () => {
    const vips = [VIPS.nat.ipv4, VIPS.nat.ipv6];
    const answers = () => vips.map((vip) => ask(vip).replace(/\d$/, 'N'));
    assert.deepEqual(answers(), ['', '']);
    writeFileSync(join(folder, 'director.conf'), await render('sysctl', '--director', 'lb1'));
    runIn(`${PREFIX}lb1`, ['sysctl', '-p', join(folder, 'director.conf')]);
    assert.deepEqual(answers(), ['nat-N', 'nat-N']);
  });

  test('every parameter of the file is in force after it was read', async () => {
    const text = await render('sysctl', '--director', 'lb1');
    const rows = [...text.matchAll(/^(net\S+) = (\d+)$/gm)].map(([, name = '', value = '']) => ({ name, value }));
    assert.ok(rows.length >= 6, text);
    for (const { name, value } of rows) assert.equal(runIn(`${PREFIX}lb1`, ['sysctl', '-n', name]).trim(), value, name);
  });

  test('a real server by nat in the network of its VIP gets redirects, unless send_redirects is 0', () => {
    assert.equal(ask(VIPS.one.ipv4, 'far-client'), 'one-1');
    assert.equal(redirectsAt('one-1'), 0);
    for (const name of ['all', 'eth0']) set('lb1', `net.ipv4.conf.${name}.send_redirects`, 1);
    ask(VIPS.one.ipv4, 'far-client');
    assert.ok(redirectsAt('one-1') > 0);
  });

  for (const [nodest, sloppy, outcome] of [
    [0, 0, 'silence'],
    [1, 0, 'closed'],
    [1, 1, 'closed'],
  ] as const)
    test(`the client of a removed server meets ${outcome} with expire_nodest_conn ${nodest} and sloppy_tcp ${sloppy}`, async (t) => {
      set('lb1', 'net.ipv4.vs.expire_nodest_conn', nodest);
      set('lb1', 'net.ipv4.vs.sloppy_tcp', sloppy);
      const connection = connectTo(t, VIPS.nat.ipv4);
      const server = (await connection.ask()) === 'nat-1' ? '10.2.0.11:80' : '10.2.0.12:80';
      runIn(`${PREFIX}lb1`, ['ipvsadm', '-d', '-t', `${VIPS.nat.ipv4}:80`, '-r', server]);
      const after = await connection.ask();
      runIn(`${PREFIX}lb1`, ['ipvsadm', '-a', '-t', `${VIPS.nat.ipv4}:80`, '-r', server, '-m']);
      assert.equal(after, outcome);
    });

  for (const [value, outcome] of [
    [0, 'nobody'],
    [1, 'its real server'],
  ] as const)
    test(`after a failover a connection that only a hash knows finds ${outcome} with sloppy_tcp ${value}`, async (t) => {
      set('lb2', 'net.ipv4.vs.sloppy_tcp', value);
      const connection = connectTo(t, VIPS.dr.ipv4);
      const first = await connection.ask();
      assert.match(first, /^dr-[12]$/);
      failOver('lb2');
      const after = await connection.ask();
      failOver('lb1');
      assert.equal(after, value === 0 ? 'closed' : first);
    });

  /** Turns the client to another director. */
  function failOver(name: string): void {
    const mac = /link\/ether (\S+)/.exec(runIn(PREFIX + name, ['ip', 'link', 'show', 'eth0']))?.[1] ?? '';
    runIn(`${PREFIX}client`, [
      'ip',
      'neigh',
      'replace',
      VIPS.dr.ipv4,
      'lladdr',
      mac,
      'dev',
      'eth0',
      'nud',
      'permanent',
    ]);
  }

  for (const [roles, answer] of [
    [['master'], /^dr-/],
    [['backup'], /^$/],
    [['master', 'backup'], /^$/],
  ] as const)
    test(`a director with backup_only ${answer.source === '^$' ? 'balances nothing' : 'balances'} as ${roles.join(' and ')}`, () => {
      set('lb1', 'net.ipv4.vs.backup_only', 1);
      for (const role of roles) runIn(`${PREFIX}lb1`, ['ipvsadm', '--start-daemon', role, '--mcast-interface', 'eth0']);
      const answered = ask(VIPS.dr.ipv4);
      for (const role of roles) runIn(`${PREFIX}lb1`, ['ipvsadm', '--stop-daemon', role]);
      set('lb1', 'net.ipv4.vs.backup_only', 0);
      assert.match(answered, answer);
    });
});
