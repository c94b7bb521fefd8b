import { overhead, type TunnelUse, tunnelUses } from '../../needs/tunnels.ts';
import { networkCommand } from '../commands.ts';
import type { Interface, Route } from '../facts.ts';
import { wrongGateways } from '../gateways.ts';
import { defaultRoute } from '../routes.ts';
import { type NotSeen, notSeen, type Report, type Rule, type ServingHost } from '../rule.ts';

export const tunnelMss: Rule<ServingHost> = {
  id: 'DOC508',
  name: 'tunnel-mss',
  severity: 'info',
  why: 'Clients send segments as large as this host announces; with the tunnel around them these do not fit, and where ICMP is lost, long requests hang',
  source: 'ip-route(8): advmss; net/netfilter/ipvs/ip_vs_xmit.c: __ip_vs_get_out_rt',
  check,
};

function* check(host: ServingHost): Iterable<Report | NotSeen> {
  const { routes, interfaces } = host.facts;
  const uses = tunnelUses(host.server.uses);
  if (uses.length === 0) return;
  if (!routes.known || !interfaces.known) return yield* [...notSeen(routes), ...notSeen(interfaces)];
  // A route that is to be replaced is not worth a change.
  const wrong = wrongGateways(host, { routes: routes.value, interfaces: interfaces.value });
  for (const family of ['ipv4', 'ipv6'] as const) {
    if (wrong.some((one) => one.family === family)) continue;
    const grown = Math.max(0, ...uses.filter(({ service }) => service.address.family === family).map(overhead));
    const route = defaultRoute(family, routes.value);
    const out = interfaces.value.find(({ name }) => name === route?.device);
    if (grown === 0 || route === undefined || out === undefined) continue;
    const most = Math.min(out.mtu, linkMtu(uses, interfaces.value)) - grown - HEADERS[family];
    const announced = route.advertisedMss ?? out.mtu - HEADERS[family];
    if (announced <= most) continue;
    yield {
      seen: `This host announces TCP segments of ${announced} bytes to ${family} clients`,
      wanted: `At most ${most}: the tunnel adds ${grown} bytes`,
      fix: [networkCommand(host.facts, changeCommand(route, most))],
      advice: 'It is not needed where the way from the director has a larger MTU, or ICMP reaches all clients',
    };
  }
}

const HEADERS = { ipv4: 40, ipv6: 60 } as const;

/** Of the interface that the tunnel comes in by. */
function linkMtu(uses: readonly TunnelUse[], interfaces: readonly Interface[]): number {
  const own = new Set(uses.map(({ server }) => server.address));
  const links = interfaces.filter(({ addresses }) => addresses.some(({ text }) => own.has(text)));
  return Math.min(...links.map(({ mtu }) => mtu));
}

function changeCommand({ family, gateway, device, metric }: Route, mss: number): string {
  const words = [
    ...(family === 'ipv6' ? ['ip', '-6'] : ['ip']),
    ...['route', 'change', 'default'],
    ...(gateway === null ? [] : ['via', gateway]),
    ...(device === null ? [] : ['dev', device]),
    ...(metric === 0 ? [] : ['metric', String(metric)]),
    ...['advmss', String(mss)],
  ];
  return words.join(' ');
}
