import type { Family } from '../model/address.ts';
import { type TunnelUse, tunnelUses } from '../needs/tunnels.ts';
import type { Packet } from './firewall.ts';
import { type Part, partsOf } from './part.ts';
import type { DirectorHost, ServingHost } from './rule.ts';

/** Packets that a host must get to do its part. */
export interface Expected {
  readonly packet: Packet;
  /** `VRRP adverts (IP protocol 112) on eth0`. */
  readonly what: string;
}

const VRRP = { protocol: ['112', 'vrrp'], what: 'VRRP adverts (IP protocol 112)' } as const;
const AH = { protocol: ['51', 'ah'], what: 'VRRP adverts (IP protocol 51, as authentication ah wraps them)' } as const;

/** Adverts of the other directors, and their connection sync. */
export function expectedByDirector(host: DirectorHost): readonly Expected[] {
  const adverts = partsOf(host).filter(isShared).map(advertOf);
  return unique([...adverts, ...syncPackets(host)]);
}

function isShared({ instance }: Part): boolean {
  return instance.members.length > 1 || (instance.unicast?.peers ?? []).length > 0;
}

const GROUP = { ipv4: '224.0.0.18', ipv6: 'ff02::12' } as const satisfies Record<Family, string>;

function advertOf({ instance, member }: Part): Expected {
  const { protocol, what } = instance.authentication?.type === 'ah' ? AH : VRRP;
  const { family, unicast, multicastGroup } = instance;
  const packet = {
    family,
    protocol,
    port: null,
    interface: member.interface,
    // Of unknown source: that of another director may be its primary address on that interface, or a link-local one.
    source: null,
    destination: unicast === null ? (multicastGroup?.text ?? GROUP[family]) : (member.source?.text ?? null),
  };
  return { packet, what: `${what}${member.interface === null ? '' : ` on ${member.interface}`}` };
}

const SYNC_PORT = 8848;

function syncPackets({ desired }: DirectorHost): Expected[] {
  const daemon = desired.keepalived.syncDaemon;
  const receiving = [
    ...(desired.syncDaemons ?? []).filter(({ role }) => role === 'backup'),
    ...(daemon === null
      ? []
      : [{ interface: daemon.interface, port: daemon.port ?? SYNC_PORT, group: daemon.group?.text }]),
  ];
  return receiving.map(({ interface: device, port, group = null }) => ({
    packet: udp(port, { interface: device, destination: group, family: group?.includes(':') ? 'ipv6' : 'ipv4' }),
    what: `connection sync (UDP port ${port}) on ${device}`,
  }));
}

function udp(port: number, rest: Pick<Packet, 'interface' | 'destination' | 'family'>): Packet {
  return { protocol: ['17', 'udp'], port, source: null, ...rest };
}

/** Packets of tunnels from the director. */
export function expectedByServer({ server }: ServingHost): readonly Expected[] {
  return unique(tunnelUses(server.uses).map(wrapped));
}

function wrapped({ tunnel, server, service }: TunnelUse): Expected {
  const to = { family: server.family, interface: null, destination: server.address } as const;
  if (tunnel.type === 'gue') return { packet: udp(tunnel.port, to), what: `GUE (UDP port ${tunnel.port})` };
  const [number, name] =
    tunnel.type === 'gre' ? ['47', 'gre'] : service.address.family === 'ipv4' ? ['4', 'ipencap'] : ['41', 'ipv6'];
  const packet = { ...to, protocol: [number, name], port: null, source: null };
  return { packet, what: `packets of the tunnel (IP protocol ${number}, ${name})` };
}

function unique(expected: readonly Expected[]): readonly Expected[] {
  return [...new Map(expected.map((one) => [`${one.what} ${one.packet.family}`, one])).values()];
}
