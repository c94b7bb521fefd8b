import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import { type Withdrawal, withdrawalOf } from './maintenance.ts';
import { type OwnInstance, ownInstances, ownsAddress } from './own-instances.ts';

/** Somebody who may take an instance over. */
export interface Peer {
  /** Of a director of the spec; else its address. */
  readonly name: string;
  /** Where it sends its adverts from. */
  readonly address: string;
}

/** What a maintenance means for one instance of a director. */
export interface HandOver {
  readonly instance: string;
  readonly virtualRouterId: number;
  readonly vips: readonly string[];
  readonly withdrawal: Withdrawal;
  readonly peers: readonly Peer[];
  /** Priority 255: the VIPs are the director's own addresses. */
  readonly ownsAddress: boolean;
  /** Whether the director takes the VIPs again by itself, once the maintenance is over. */
  readonly returns: boolean;
  /** How long a director waits before it preempts one of lower priority. */
  readonly preemptDelaySeconds: number;
  readonly advertSeconds: number;
}

/** All instances of a director, in the order of the spec. */
export function handOvers(desired: Desired, director: Director): HandOver[] {
  return ownInstances(desired, director).map((own) => ({
    instance: own.instance.name,
    virtualRouterId: own.instance.virtualRouterId,
    vips: [...own.instance.vips, ...own.instance.excludedVips].map(({ address }) => address.text),
    withdrawal: withdrawalOf(own, { desired, director }),
    peers: peersOf(own, desired),
    ownsAddress: ownsAddress(own.member),
    returns: comesFirst(own),
    preemptDelaySeconds: own.instance.preemptDelaySeconds ?? 0,
    // keepalived's default.
    advertSeconds: own.instance.advertSeconds ?? 1,
  }));
}

function peersOf({ instance, member }: OwnInstance, { directors }: Desired): Peer[] {
  const others = instance.members.filter((other) => other !== member);
  return [
    ...others.flatMap(({ director, source }) => {
      const address = source ?? directors.find(({ name }) => name === director)?.address;
      return address === undefined ? [] : [{ name: director, address: address.text }];
    }),
    ...(instance.unicast?.peers ?? []).map(({ text }) => ({ name: text, address: text })),
  ];
}

function comesFirst({ instance, member }: OwnInstance): boolean {
  const others = instance.members.filter((other) => other !== member);
  return instance.preempt && others.every(({ priority }) => priority < member.priority);
}
