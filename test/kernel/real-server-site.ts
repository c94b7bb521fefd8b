import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderCommand } from '../../src/commands/render.ts';
import { formatEndpoint } from '../../src/model/address.ts';
import { runVerb } from '../commands/run-verb.ts';
import { networkScript, removalScript } from '../lab/network-script.ts';
import { runIn, runScript, startRealServers } from '../lab/site.ts';
import { REAL_SERVERS, realServerHosts, SERVICES, specText } from './real-server-plan.ts';

// What the kernel makes by itself in every namespace, tunl0 and its like, comes with its modules, and stays.
const MODULES = 'modprobe -a ipip sit ip6_tunnel ip_gre ip6_gre fou';

type Answers = Readonly<Record<string, readonly string[]>>;

/** A site with a director that balances, and real servers that nobody has set up. real-server-plan.ts says its addresses. */
export class RealServerSite {
  /** Gone with the site. */
  readonly folder = mkdtempSync(join(tmpdir(), 'real-server-site-'));
  private readonly prefix: string;
  private readonly hosts = realServerHosts();
  private stopServers: () => Promise<void> = async () => {};

  constructor(prefix: string) {
    this.prefix = prefix;
  }

  async build(): Promise<void> {
    runScript(`${MODULES}\n${networkScript(this.prefix, this.hosts)}`);
    const places = REAL_SERVERS.map((name) => ({ name, netns: this.prefix + name, port: 80 }));
    this.stopServers = (await startRealServers(places)).stop;
    this.run('director', 'ipvsadm -R', await this.render(['ipvsadm']));
  }

  async remove(): Promise<void> {
    await this.stopServers();
    runScript(removalScript(this.prefix, this.hosts));
    rmSync(this.folder, { recursive: true });
  }

  /** What `lvsctl render` prints, by default of the whole site. */
  async render(args: readonly string[], spec = specText()): Promise<string> {
    writeFileSync(join(this.folder, 'site.lvs.yaml'), spec);
    const run = await runVerb(renderCommand, ['render', ...args, '-f', 'site.lvs.yaml'], { cwd: this.folder });
    assert.equal(run.exitCode, 0, run.stderr);
    return run.stdout;
  }

  /** Runs a line of shell on a host. */
  run(name: string, line: string, input = ''): string {
    return runIn(this.prefix + name, ['sh', '-c', line], input);
  }

  /** Runs a script on a real server, with a /run/lvsctl of its own, and gives what it says. */
  runScript(name: string, script: string, shell: readonly string[] = ['sh']): string {
    const env = { ...process.env, LVSCTL_RUNTIME_DIR: join(this.folder, name) };
    const args = [`--net=/run/netns/${this.prefix}${name}`, ...shell];
    return execFileSync('nsenter', args, { input: script, encoding: 'utf8', env });
  }

  async setUp(name: string, shell?: readonly string[]): Promise<string> {
    return this.runScript(name, await this.render(['realserver', name]), shell);
  }

  async undo(name: string): Promise<string> {
    return this.runScript(name, await this.render(['realserver', '--undo']));
  }

  /** Who answers two requests for each service, all of them asked at once. */
  answers(): Answers {
    const asking = SERVICES.map(({ name, vip }) => {
      const url = `http://${formatEndpoint(vip, 80)}/`;
      return `{ echo ${name} $(curl -s -m 4 -H 'Connection: close' ${url} ${url} | sort); } &`;
    });
    const lines = this.run('client', 'sh', `${asking.join('\n')}\nwait`)
      .trim()
      .split('\n');
    const answered = new Map(lines.map((line) => line.split(' ')).map(([name = '', ...who]) => [name, who]));
    return Object.fromEntries(SERVICES.map(({ name }) => [name, answered.get(name) ?? []]));
  }

  macOf(name: string): string {
    return /link\/ether (\S+)/.exec(this.run(name, 'ip link show eth0'))?.[1] ?? '';
  }

  /** Everything of a host that setting it up could change. */
  stateOf(name: string): string {
    const looking = [
      'ip -o address; ip -d link; ip route show table all; ip -6 route show table all; ip fou show',
      // It fails for stable_secret, which nobody can read before it is set.
      'grep -rs . /proc/sys/net/ipv4/conf /proc/sys/net/ipv6/conf || :',
    ];
    return this.run(name, looking.join('; '));
  }
}

/** What `answers` gives when each real server gets its turn. */
export function everyAnswer(): Answers {
  return Object.fromEntries(
    SERVICES.map(({ name, servers }) => {
      const names = Object.keys(servers);
      return [name, names.length === 2 ? names : [...names, ...names]];
    }),
  );
}
