import { type Address, formatEndpoint } from '../model/address.ts';
import type { Desired } from '../model/desired.ts';
import { vipsInNetworkOf } from './inside-network.ts';
import type { RealServerHost, Use } from './real-server-hosts.ts';
import { overhead, type TunnelUse, tunnelUses, wireProtocol } from './tunnels.ts';

/** What a real server needs that nobody can do for it, and what is good to know about it: sentences. */
export function realServerAdvice(
  desired: Desired,
  { uses, addresses }: RealServerHost,
  markVips: readonly Address[],
): readonly string[] {
  const nat = uses.filter(({ server }) => server.forwarding.method === 'nat');
  const dr = uses.filter(({ server }) => server.forwarding.method === 'dr');
  const tunnels = tunnelUses(uses);
  const sentences = [
    ...listening(uses),
    ...[...dr, ...tunnels].flatMap((use) => mark(use, markVips)),
    ...directRouting(dr),
    ...tunnels.flatMap((use) => [letIn(use, desired), budget(use)]),
    ...nat.flatMap((use) => gateway(use, desired)),
    ...(dr.length + tunnels.length > 0 ? [OWN_REQUESTS] : []),
    ...asDirector(addresses, desired),
  ];
  return [...new Set(sentences)];
}

const OWN_REQUESTS = 'A VIP is an address of this host: what it asks of the VIP itself stays here, unbalanced.';

/** Where its programs must listen. */
function listening(uses: readonly Use[]): string[] {
  const ends = uses.flatMap(({ service: { address }, server }) => {
    if (address.kind === 'fwmark') return [];
    const isNat = server.forwarding.method === 'nat';
    const [host, port] = isNat ? [server.address, server.port] : [address.vip, address.port];
    return [`${address.protocol} ${port === 0 ? `${host} on every port` : formatEndpoint(host, port)}`];
  });
  return ends.length === 0 ? [] : [`Its programs listen at ${[...new Set(ends)].join(', ')}, or on all addresses.`];
}

function mark({ service: { name, address } }: Use, markVips: readonly Address[]): string[] {
  if (address.kind !== 'fwmark' || markVips.some(({ family }) => family === address.family)) return [];
  return [`${name} is a firewall mark, and a spec does not know which addresses get it: name them with --vip.`];
}

function directRouting(uses: readonly Use[]): string[] {
  if (uses.length === 0) return [];
  const hasIpv4 = uses.some(({ service }) => service.address.family === 'ipv4');
  return [
    'By dr only the MAC address of a packet changes: this host must be in one network with the director.',
    ...(hasIpv4
      ? ['Where requests come in by another interface than the answers leave by, rp_filter 1 drops them; 2 does not.']
      : []),
  ];
}

function letIn(use: TunnelUse, { directors }: Desired): string {
  const named = directors.map(({ name, address }) => `${name} (${address.text})`);
  return `Its firewall must let in ${wireProtocol(use)} from ${named.length === 0 ? 'the directors' : named.join(', ')}.`;
}

const LINK_MTU = 1500;

function budget(use: TunnelUse): string {
  const { address } = use.service;
  const family = address.family === 'ipv4' ? 'IPv4' : 'IPv6';
  const grown = overhead(use);
  const start = `The tunnel adds ${grown} bytes: with an MTU of ${LINK_MTU} on the way, ${family} clients can send`;
  if (address.kind === 'address' && address.protocol !== 'tcp')
    return `${start} packets of ${LINK_MTU - grown} bytes, and longer ones in fragments.`;
  const mss = LINK_MTU - grown - (address.family === 'ipv4' ? 40 : 60);
  return (
    `${start} TCP segments of ${mss} bytes. They learn that by ICMP from the director; ` +
    `where ICMP is lost, this host must say it, by "advmss ${mss}" on its route to them.`
  );
}

function gateway({ service, server }: Use, desired: Desired): string[] {
  const held = vipsInNetworkOf(server.address, desired).map(({ vip }) => vip.address.text);
  const own = service.address.kind === 'address' ? service.address.vip : null;
  const inside = held.find((vip) => vip !== own) ?? held[0];
  return [
    `Answers by nat go back through the director: the gateway on the route to the clients is ${inside ?? 'the address that the director has in the network of this host'}.`,
    'Clients in the network of this host would be answered past the director.',
  ];
}

function asDirector(addresses: readonly string[], { directors }: Desired): string[] {
  return directors
    .filter(({ address }) => addresses.includes(address.text))
    .map(({ name }) => `This host is the director ${name} too: see lvsctl render sysctl.`);
}
