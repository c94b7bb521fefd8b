import type { Desired } from '../model/desired.ts';
import { compareText } from '../model/table.ts';
import type { Vip, VrrpInstance, VrrpMember } from '../model/vrrp.ts';
import type { Interface, InterfaceAddress } from './facts.ts';
import type { DirectorHost } from './rule.ts';

/** A VRRP instance that a director takes part in. */
export interface Part {
  readonly instance: VrrpInstance;
  readonly member: VrrpMember;
}

type OfDirector = Pick<DirectorHost, 'desired' | 'director'>;

export function partsOf({ desired, director }: OfDirector): readonly Part[] {
  return desired.keepalived.instances.flatMap((instance) =>
    instance.members.filter((member) => member.director === director?.name).map((member) => ({ instance, member })),
  );
}

/** All that move with an instance, in the adverts or not. */
export function vipsOf({ vips, excludedVips }: VrrpInstance): readonly Vip[] {
  return [...vips, ...excludedVips];
}

/** Whether the spec wants keepalived to run on this director. */
export function needsKeepalived(host: OfDirector): boolean {
  return partsOf(host).length > 0 || host.desired.services.some(({ owner }) => owner === 'keepalived');
}

/** The interfaces that the spec names for a director, each with what it is for. */
export function interfacesOf(host: OfDirector): ReadonlyMap<string, string> {
  const { desired, director } = host;
  const parts = partsOf(host);
  const named: (readonly [name: string | null, use: string])[] = [
    ...(desired.syncDaemons ?? []).map((daemon) => [daemon.interface, 'connection sync'] as const),
    [desired.keepalived.syncDaemon?.interface ?? null, 'connection sync'],
    ...parts.flatMap(({ instance }) =>
      [...vipsOf(instance).map((vip) => vip.interface), ...instance.tracking.interfaces.map(({ name }) => name)].map(
        (name) => [name, `the VRRP instance ${instance.name}`] as const,
      ),
    ),
    ...parts.map(({ instance, member }) => [member.interface, `the VRRP instance ${instance.name}`] as const),
    [director?.interface ?? null, `the director ${director?.name}`],
  ];
  const uses = named.flatMap(([name, use]) => (name === null ? [] : [[name, use] as const]));
  return new Map(uses.sort(([a], [b]) => compareText(a, b)));
}

/** An address of the host, and where it is. */
export interface Held {
  readonly interface: Interface;
  readonly address: InterfaceAddress;
}

export function holdersOf(address: string, interfaces: readonly Interface[]): readonly Held[] {
  return interfaces.flatMap((one) =>
    one.addresses.filter(({ text }) => text === address).map((held) => ({ interface: one, address: held })),
  );
}

/** Whether a director is a real server of a VIP as well, and so has it for good, but quietly. */
export function isServedHere(vip: string, { desired, director }: OfDirector): boolean {
  return desired.services.some(
    ({ address, servers }) =>
      address.kind === 'address' &&
      address.vip === vip &&
      servers.some((server) => server.address === director?.address.text && server.forwarding.method !== 'nat'),
  );
}

/** Addresses of services, each once. */
export function serviceVips({ services }: Desired): readonly string[] {
  return [...new Set(services.flatMap(({ address }) => (address.kind === 'address' ? [address.vip] : [])))];
}
