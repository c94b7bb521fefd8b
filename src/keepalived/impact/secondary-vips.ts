import { isIPv4 } from 'node:net';
import type { Impact } from '../../model/conf-change.ts';
import { has } from './in-block.ts';
import { type Instance, type InstanceVip, identityKey } from './instance.ts';
import { vipsText } from './wording.ts';

interface Placed {
  readonly vip: InstanceVip;
  readonly identity: string;
}

/**
 * The kernel takes secondary addresses off together with the first one of their subnet, unless told to promote them
 * (devinet.c: __inet_del_ifa), and keepalived does not notice: it goes on as if it had them.
 */
export function secondaryVipImpacts(before: readonly Instance[], after: readonly Instance[]): Impact[] {
  const promoting = after.filter(({ items }) => has(items, 'promote_secondaries'));
  const safe = new Set(promoting.flatMap((instance) => placed(instance).map(({ vip }) => vip.interface)));
  const now = new Set(after.flatMap(placed).map(placeKey));
  const was = before.flatMap(placed).filter(({ vip }) => vip.prefixLength < 32 && isIPv4(vip.address));
  return was.flatMap((first, index) => {
    if (now.has(placeKey(first)) || safe.has(first.vip.interface)) return [];
    // Within an instance only those behind it can be secondary to it.
    const others = was.filter((other, at) => at > index || other.identity !== first.identity);
    const lost = others.filter((other) => now.has(placeKey(other)) && isSameSubnet(first.vip, other.vip));
    return lost.length === 0 ? [] : [lostWith(first.vip, lost)];
  });
}

function placed({ identity, vips, excludedVips }: Instance): readonly Placed[] {
  return [...vips, ...excludedVips].map((vip) => ({ vip, identity: identityKey(identity) }));
}

function placeKey({ vip: { address, prefixLength, interface: device }, identity }: Placed): string {
  return `${identity} ${address}/${prefixLength} ${device}`;
}

function isSameSubnet(a: InstanceVip, b: InstanceVip): boolean {
  const isSamePlace = a.interface === b.interface && a.prefixLength === b.prefixLength;
  return isSamePlace && networkOf(a) === networkOf(b);
}

function networkOf({ address, prefixLength }: InstanceVip): number {
  const value = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return Math.floor(value / 2 ** (32 - prefixLength));
}

function lostWith(first: InstanceVip, lost: readonly Placed[]): Impact {
  const addresses = [...new Set(lost.map(({ vip }) => vip.address))];
  return {
    level: 'disruptive',
    kind: 'vip-lost',
    subject: first.address,
    message: `If ${first.address}/${first.prefixLength} is the first address of its subnet on ${first.interface}, the kernel takes ${vipsText(addresses)} off with it, and keepalived does not notice`,
    hint: 'set promote_secondaries first, or give the VIPs the prefix length 32',
  };
}
