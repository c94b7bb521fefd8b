import type { Address, Family } from '../model/address.ts';
import type { VrrpStatus } from '../model/keepalived-status.ts';
import type { ServiceAddress } from '../model/table.ts';
import type { FilterChain } from './firewall.ts';

/** Something about a host, or why it could not be looked at: a sentence without a full stop. */
export type Fact<T> = { readonly known: true; readonly value: T } | { readonly known: false; readonly reason: string };

export function known<T>(value: T): Fact<T> {
  return { known: true, value };
}

export function unknown(reason: string): Fact<never> {
  return { known: false, reason };
}

/** A host as it is now, in one network namespace. */
export interface HostFacts {
  readonly hostname: string;
  /** Name of the network namespace of `ip netns`; null: the one we are in. */
  readonly netns: string | null;
  /** `uname -r`. */
  readonly kernelRelease: string;
  readonly hasSystemd: boolean;
  readonly rights: Fact<Rights>;
  /** Modules of the kernel that were asked for. */
  readonly modules: ReadonlyMap<string, Fact<ModuleState>>;
  /** Programs that were asked for, and where PATH finds them. */
  readonly programs: ReadonlyMap<string, string | null>;
  readonly ipvsadmVersion: Fact<string>;
  readonly keepalivedVersion: Fact<string>;
  /** Whether the clock is held by NTP or the like. */
  readonly clockIsSynchronised: Fact<boolean>;
  /** Values by name, as `net.ipv4.ip_forward`; what the kernel does not have is not in it. */
  readonly sysctls: Fact<ReadonlyMap<string, string>>;
  readonly interfaces: Fact<readonly Interface[]>;
  readonly routes: Fact<readonly Route[]>;
  readonly neighbours: Fact<readonly Neighbour[]>;
  readonly firewall: Fact<readonly FilterChain[]>;
  /** Sockets that wait for clients. */
  readonly listeners: Fact<readonly Listener[]>;
  /** UDP ports that take GUE. */
  readonly guePorts: Fact<readonly number[]>;
  /** Files of the network's configuration that give the host one of the addresses that were asked for. */
  readonly permanentAddresses: Fact<readonly PermanentAddress[]>;
  readonly networkdLinks: Fact<readonly NetworkdLink[]>;
  readonly keepalived: Fact<KeepalivedFacts>;
  /** Null: nobody asked for them. */
  readonly adverts: Fact<readonly Advert[]> | null;
  /** Who answers ARP for the VIPs beside ourselves; null: nobody asked. */
  readonly arpAnswers: Fact<readonly Neighbour[]> | null;
}

export interface Rights {
  /** Effective capabilities of this process that were asked for: `CAP_NET_ADMIN`. */
  readonly capabilities: readonly string[];
  /** Whether it is in the user namespace that the kernel started with: ip_vs obeys no other. */
  readonly isInitialUserNamespace: boolean;
}

/** `blocked`: modprobe is told not to load it. */
export type ModuleState = 'loaded' | 'loadable' | 'blocked' | 'missing';

export interface InterfaceAddress extends Address {
  readonly prefixLength: number;
}

export interface Interface {
  readonly name: string;
  /** `veth`, `ipip`; null for hardware and `lo`. */
  readonly kind: string | null;
  readonly isUp: boolean;
  readonly hasCarrier: boolean;
  readonly isLoopback: boolean;
  readonly mtu: number;
  /** In lower case; null where it has none. */
  readonly mac: string | null;
  readonly addresses: readonly InterfaceAddress[];
  /** Address of its end that a tunnel takes packets for; null: any, or it is no tunnel. */
  readonly tunnelLocal: string | null;
}

export interface Route {
  readonly family: Family;
  /** Null: the default route. */
  readonly destination: InterfaceAddress | null;
  readonly gateway: string | null;
  /** Null for a route that leads nowhere, as a blackhole does. */
  readonly device: string | null;
  readonly metric: number;
  /** Size of TCP segments that is announced to clients; null: by the MTU. */
  readonly advertisedMss: number | null;
}

export interface Neighbour {
  readonly address: string;
  /** In lower case. */
  readonly mac: string;
}

export interface Listener {
  readonly protocol: 'tcp' | 'udp';
  /** `0.0.0.0` and `::` stand for all of their family, `*` for all of both. */
  readonly address: string;
  readonly port: number;
}

export interface PermanentAddress {
  readonly address: string;
  readonly file: string;
}

/** An interface that systemd-networkd configures. */
export interface NetworkdLink {
  readonly interface: string;
  readonly file: string;
  /** Whether it leaves addresses alone that others gave the interface. */
  readonly keepsForeign: boolean;
}

export interface KeepalivedFacts {
  readonly pidFile: string;
  /** What is in it; null: there is no such file. */
  readonly filePid: number | null;
  /** First processes of the keepalived that run in this network namespace. */
  readonly pids: readonly number[];
  /** What they say of their instances. */
  readonly instances: Fact<readonly VrrpStatus[]>;
  /** What their files say of IPVS. */
  readonly conf: Fact<KeepalivedConf>;
}

export interface KeepalivedConf {
  readonly files: readonly string[];
  readonly services: readonly ServiceAddress[];
  /** Keywords that empty the whole table of the kernel. */
  readonly flushes: readonly string[];
}

/** A VRRP advert that came in. */
export interface Advert {
  readonly interface: string;
  readonly source: Address;
  readonly virtualRouterId: number;
  readonly priority: number;
}
