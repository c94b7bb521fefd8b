import { overhead, type TunnelUse, tunnelUses } from '../../needs/tunnels.ts';
import { networkCommand } from '../commands.ts';
import type { HostFacts, Interface, Route } from '../facts.ts';
import { holdersOf, partsOf, vipsOf } from '../part.ts';
import { routeTo } from '../routes.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';

export const tunnelMtu: Rule<DirectorHost> = {
  id: 'DOC304',
  name: 'tunnel-mtu',
  severity: 'info',
  why: 'A full packet of a client grows by the tunnel and does not fit: the client must learn so by ICMP, and where ICMP is lost, long requests hang',
  source: 'net/netfilter/ipvs/ip_vs_xmit.c: __ip_vs_get_out_rt',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { facts, desired } = host;
  const uses = desired.services.flatMap((service) =>
    tunnelUses(service.servers.map((server) => ({ service, server }))),
  );
  if (uses.length === 0) return;
  if (!facts.interfaces.known || !facts.routes.known)
    return yield* [...notSeen(facts.interfaces), ...notSeen(facts.routes)];
  const seen = new Set<string>();
  for (const use of uses) {
    const report = judge(use, { host, interfaces: facts.interfaces.value, routes: facts.routes.value });
    if (report === null || seen.has(report.seen)) continue;
    seen.add(report.seen);
    yield report;
  }
}

interface Surroundings {
  readonly host: DirectorHost;
  readonly interfaces: readonly Interface[];
  readonly routes: readonly Route[];
}

function judge(use: TunnelUse, { host, interfaces, routes }: Surroundings): Report | null {
  const route = routeTo(use.server.address, use.server.family, routes);
  const out = interfaces.find(({ name }) => name === route?.device);
  const into = clientSide(use, { host, interfaces });
  if (out === undefined || into === undefined) return null;
  const needed = into.mtu + overhead(use);
  if (needed <= out.mtu) return null;
  return {
    seen: `Requests of up to ${into.mtu} bytes come in by ${into.name}, and ${out.name} takes ${out.mtu} to ${use.server.address}`,
    wanted: `An MTU of ${needed} on the way to ${use.server.address}: the tunnel adds ${overhead(use)} bytes`,
    ...wayOut({ into, out, needed, facts: host.facts }),
  };
}

/** Where packets to the VIP come in. */
function clientSide({ service }: TunnelUse, { host, interfaces }: Omit<Surroundings, 'routes'>): Interface | undefined {
  const { address } = service;
  const vip = address.kind === 'address' ? address.vip : null;
  const held = vip === null ? undefined : holdersOf(vip, interfaces)[0]?.interface;
  const part = partsOf(host).find(({ instance }) => vipsOf(instance).some((one) => one.address.text === vip));
  const name = held === undefined || held.isLoopback ? (part?.member.interface ?? host.director?.interface) : held.name;
  return interfaces.find((one) => one.name === name);
}

/** The MTU of a network can be raised where clients are elsewhere; in one network the real servers must ask for less. */
function wayOut({
  into,
  out,
  needed,
  facts,
}: {
  into: Interface;
  out: Interface;
  needed: number;
  facts: HostFacts;
}): Pick<Report, 'fix' | 'advice'> {
  const less = 'or let the real servers announce a smaller MSS: lvsctl doctor --role realserver says how';
  if (into.name === out.name) return { advice: `Let ICMP pass, ${less}` };
  return {
    fix: [networkCommand(facts, `ip link set ${out.name} mtu ${needed}`)],
    advice: `The switch and the real servers need that MTU too; ${less}`,
  };
}
