import type { VrrpInstance } from '../../model/vrrp.ts';
import { type Failure, keyOf } from './failure.ts';
import type { Followed } from './followed.ts';
import type { Membership, World } from './world.ts';

/** A failure on one director. */
export type SingleFailure = Failure & { readonly director: string };

/** Everything that may fail alone, of what matters to a world: its directors, their interfaces, what they follow. */
export function singleFailures({ parts }: World): readonly SingleFailure[] {
  const failures = parts.flatMap(({ instance, member: { director, interface: own } }): SingleFailure[] => [
    { kind: 'director', director },
    ...devicesOf(instance, own).map((device): SingleFailure => ({ kind: 'interface', director, interface: device })),
  ]);
  const followed = parts.flatMap((part) => part.followed.flatMap((one) => failureOf(one, part) ?? []));
  return [...new Map([...failures, ...followed].map((failure) => [keyOf(failure), failure])).values()];
}

/** Interfaces that an instance speaks or has VIPs on. */
function devicesOf({ vips, excludedVips }: VrrpInstance, own: string | null): readonly string[] {
  const all = [own, ...[...vips, ...excludedVips].map((vip) => vip.interface)];
  return [...new Set(all.filter((device) => device !== null))];
}

/** The failure of something followed; none of a file, which has numbers instead. */
export function failureOf({ kind, name }: Followed, { member: { director } }: Membership): SingleFailure | undefined {
  switch (kind) {
    case 'interfaces':
      return { kind: 'interface', director, interface: name };
    case 'scripts':
      return { kind: 'script', name, director };
    case 'processes':
      return { kind: 'process', name, director };
    case 'bfd':
      return { kind: 'bfd', name, director };
    case 'files':
      return undefined;
  }
}
