import { type Address, addressSortKey, type Family } from '../model/address.ts';
import type { Desired } from '../model/desired.ts';
import { sortBy } from '../model/table.ts';
import { realServerAdvice } from './real-server-advice.ts';
import type { RealServerHost, Use } from './real-server-hosts.ts';
import { IP_SYSCTL, type Sysctl } from './sysctl.ts';
import {
  deviceOf,
  type ReceivePort,
  receivePorts,
  type TunnelDevice,
  tunnelClashes,
  tunnelDevices,
  tunnelUses,
} from './tunnels.ts';

/** A VIP that the host must hold, so that it takes the packets that come for it. */
export interface LocalAddress {
  readonly address: string;
  readonly family: Family;
  /** 32 or 128: with a shorter prefix all of that network would be this host. */
  readonly prefixLength: 32 | 128;
  /** `lo`, or the tunnel device that its packets come out of. */
  readonly device: string;
}

/** What a host must be given so that it can be the real server that the spec says it is. */
export interface RealServerNeeds {
  /** To be set before any address is added. */
  readonly sysctls: readonly Sysctl[];
  readonly receivePorts: readonly ReceivePort[];
  readonly devices: readonly TunnelDevice[];
  /** Parameters of those devices. */
  readonly deviceSysctls: readonly Sysctl[];
  readonly addresses: readonly LocalAddress[];
  /** What it needs beside, which nobody can do for it: sentences. */
  readonly advice: readonly string[];
  /** What of it no kernel can do: sentences without a full stop. */
  readonly clashes: readonly string[];
}

/** Pure: the same spec gives the same needs. `markVips` are the addresses of firewall marks, which no spec has. */
export function realServerNeeds(
  desired: Desired,
  host: RealServerHost,
  markVips: readonly Address[] = [],
): RealServerNeeds {
  const tunnels = tunnelUses(host.uses);
  const devices = tunnelDevices(tunnels);
  const addresses = localAddresses(host.uses, { devices, markVips });
  return {
    sysctls: addresses.some(isIpv4) ? QUIET_ABOUT_VIPS : [],
    receivePorts: receivePorts(tunnels),
    devices,
    deviceSysctls: devices
      .filter(({ name }) => addresses.some((address) => isIpv4(address) && address.device === name))
      .map(looseFilter),
    addresses,
    advice: realServerAdvice(desired, host, markVips),
    clashes: tunnelClashes(tunnels),
  };
}

/**
 * For IPv6 nothing is needed: the kernel answers a neighbour solicitation only for addresses of the interface that it
 * came in by (net/ipv6/ndisc.c).
 */
const QUIET_ABOUT_VIPS: readonly Sysctl[] = [
  {
    name: 'net.ipv4.conf.all.arp_ignore',
    value: '1',
    // These answer even less.
    alsoFine: ['2', '8'],
    reason:
      'Who asks by ARP for a VIP is answered by the director alone: an interface answers for its own addresses only',
    source: IP_SYSCTL,
  },
  {
    name: 'net.ipv4.conf.all.arp_announce',
    value: '2',
    alsoFine: [],
    reason: 'Its own ARP questions never name a VIP as the sender, which would draw the VIP to this host',
    source: IP_SYSCTL,
  },
];

function looseFilter({ name }: TunnelDevice): Sysctl {
  return {
    name: `net.ipv4.conf.${name}.rp_filter`,
    // Not 0: the kernel takes the larger one of `all` and the interface, so 0 would leave a strict `all` in force.
    value: '2',
    alsoFine: [],
    reason:
      'What comes out of the tunnel is from clients that are not reached through it, and a strict filter drops that',
    source: IP_SYSCTL,
  };
}

function localAddresses(
  uses: readonly Use[],
  { devices, markVips }: { devices: readonly TunnelDevice[]; markVips: readonly Address[] },
): readonly LocalAddress[] {
  const held = uses.flatMap((use) => {
    if (use.server.forwarding.method === 'nat') return [];
    const [tunnel] = tunnelUses([use]);
    const device = (tunnel && deviceOf(tunnel, devices)?.name) ?? 'lo';
    return vipsOf(use, markVips).map(({ text, family }) => ({ text, family, device }));
  });
  const distinct = new Map(held.map((each) => [`${addressSortKey(each.text)} ${each.device}`, each]));
  return sortBy([...distinct], ([key]) => key).map(([, { text, family, device }]) => ({
    address: text,
    family,
    prefixLength: family === 'ipv4' ? 32 : 128,
    device,
  }));
}

function vipsOf({ service: { address } }: Use, markVips: readonly Address[]): readonly Address[] {
  if (address.kind === 'fwmark') return markVips.filter(({ family }) => family === address.family);
  return [{ family: address.family, text: address.vip }];
}

function isIpv4({ family }: LocalAddress): boolean {
  return family === 'ipv4';
}
