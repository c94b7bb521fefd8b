import type { Family } from '../model/address.ts';
import type { Vip, VrrpInstance } from '../model/vrrp.ts';
import { type Block, filled, type Statement, statement } from './block.ts';

/**
 * The addresses that move with an instance: as many of them as an advert holds, and the others beside it. keepalived
 * would move them there itself, but says so as an error, and by the MTU of each host (vrrp_complete_instance).
 */
export function virtualAddressBlocks({ family, vips, excludedVips }: VrrpInstance): Block[] {
  const ordered = family === 'ipv6' ? linkLocalFirst(vips) : vips;
  const most = MOST_IN_ADVERT[family];
  return [
    ...filled('virtual_ipaddress', ordered.slice(0, most).map(vipStatement)),
    ...filled('virtual_ipaddress_excluded', [...ordered.slice(most), ...excludedVips].map(vipStatement)),
  ];
}

/**
 * The count in an advert has 8 bits. And keepalived wants headers and addresses within the MTU, here 1500: 62 bytes and 16
 * for each IPv6 address, at most 74 and 4 for each IPv4 address.
 */
const MOST_IN_ADVERT: Readonly<Record<Family, number>> = { ipv4: 255, ipv6: Math.floor((1500 - 62) / 16) };

/** RFC 5798 §5.2.9 wants it so. */
function linkLocalFirst(vips: readonly Vip[]): readonly Vip[] {
  return [...vips.filter(isLinkLocal), ...vips.filter((vip) => !isLinkLocal(vip))];
}

function isLinkLocal({ address }: Vip): boolean {
  return /^fe[89ab][0-9a-f]:/.test(address.text);
}

function vipStatement({ address, prefixLength, interface: device, scope, label, noTrack }: Vip): Statement {
  const options = [['dev', device] as const, ['scope', scope] as const, ['label', label] as const];
  return statement(
    `${address.text}/${prefixLength}`,
    ...options.flatMap(([keyword, value]) => (value === null ? [] : [keyword, value])),
    ...(noTrack ? ['no_track'] : []),
  );
}
