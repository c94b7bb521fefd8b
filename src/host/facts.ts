import { existsSync } from 'node:fs';
import { release } from 'node:os';
import { type Fact, type HostFacts, type Interface, known, unknown } from '../doctor/facts.ts';
import type { Questions, Topic } from '../doctor/questions.ts';
import { hearAdverts } from './facts/adverts.ts';
import { askByArp } from './facts/arp-answers.ts';
import { CLOCK } from './facts/clock.ts';
import { readFirewall, TABLES } from './facts/firewall.ts';
import { GUE_PORTS } from './facts/gue-ports.ts';
import { readKeepalived } from './facts/keepalived.ts';
import { LISTENERS } from './facts/listeners.ts';
import { type Listing, lookAtAll, notAsked } from './facts/look-at-all.ts';
import { loadedModules, modules } from './facts/modules.ts';
import { readNetworkdLinks } from './facts/networkd-links.ts';
import { readPermanentAddresses } from './facts/permanent-addresses.ts';
import { findPrograms } from './facts/programs.ts';
import { readRights } from './facts/rights.ts';
import { NEIGHBOURS, ROUTES } from './facts/routes.ts';
import { ipvsadmVersion, keepalivedVersion } from './facts/versions.ts';
import type { NetnsOptions } from './in-netns.ts';
import { SYSCTLS } from './sysctl.ts';

export interface FactsOptions extends NetnsOptions {
  readonly hostname: string;
  /** Read before: who the host is depends on its addresses. */
  readonly interfaces: Fact<readonly Interface[]>;
  readonly questions: Questions;
  readonly pidFile: string;
  /** Names or paths of these programs. */
  readonly programs: { readonly ipvsadm: string; readonly keepalived: string };
}

/** Looks at this host, and changes nothing: all that programs and the kernel tell of what was asked. */
export async function readFacts(options: FactsOptions): Promise<HostFacts> {
  const { hostname, interfaces, questions, netns, env } = options;
  const place = { netns, env };
  // What is heard is to be compared with a keepalived that is asked right after it.
  const heard = await listen(options);
  const { tables, ...seen } = await lookAtAll(await listings(options), place);
  const isFirst = netns === undefined;
  return {
    hostname,
    netns: netns ?? null,
    kernelRelease: release(),
    hasSystemd: existsSync('/run/systemd/system'),
    interfaces,
    ...heard,
    ...seen,
    modules: seen.modules.known ? seen.modules.value : new Map(),
    rights: await readRights(),
    programs: await findPrograms(programFiles(options), place),
    firewall: await readFirewall(tables, place),
    // Files configure the first network namespace alone.
    permanentAddresses: isFirst ? await readPermanentAddresses(questions.moving, '/') : known([]),
    networkdLinks: isFirst ? await readNetworkdLinks(questions.interfaces, '/') : known([]),
    keepalived: questions.topics.has('keepalived')
      ? await readKeepalived({ ...place, pidFile: options.pidFile })
      : unknown('Nobody asked for keepalived'),
  };
}

async function listings({ questions, programs }: FactsOptions) {
  const loaded = await loadedModules(questions.modules);
  const asked = <T>(topic: Topic, one: Listing<T>): Listing<T> => (questions.topics.has(topic) ? one : notAsked(topic));
  return {
    modules: modules(questions.modules, loaded),
    ipvsadmVersion: asked('versions', ipvsadmVersion(programs.ipvsadm, { isIpVsLoaded: loaded.has('ip_vs') })),
    keepalivedVersion: asked('versions', keepalivedVersion(programs.keepalived)),
    clockIsSynchronised: asked('clock', CLOCK),
    sysctls: SYSCTLS,
    routes: asked('routes', ROUTES),
    neighbours: asked('neighbours', NEIGHBOURS),
    tables: TABLES,
    listeners: asked('listeners', LISTENERS),
    guePorts: asked('guePorts', GUE_PORTS),
  };
}

async function listen({
  questions,
  interfaces,
  netns,
  env,
}: FactsOptions): Promise<Pick<HostFacts, 'adverts' | 'arpAnswers'>> {
  if (questions.listen === null) return { adverts: null, arpAnswers: null };
  const { seconds, questions: vips } = questions.listen;
  const own = interfaces.known ? interfaces.value.flatMap(({ addresses }) => addresses.map(({ text }) => text)) : [];
  return {
    adverts: await hearAdverts(seconds, { netns, env }),
    arpAnswers: await askByArp(vips, { netns, env, own }),
  };
}

/** Those that are run, and the package managers that would install them. */
function programFiles({ programs }: FactsOptions): ReadonlyMap<string, string> {
  return new Map([
    ['ipvsadm', programs.ipvsadm],
    ['keepalived', programs.keepalived],
    ...['ip', 'apt-get', 'dnf'].map((name) => [name, name] as const),
  ]);
}
