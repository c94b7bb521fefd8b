import { type Family, parseAddress } from '../../model/address.ts';
import type { ReadBlock, ReadConf, ReadItem } from '../read-conf.ts';
import { blocksOf, globalsOf, has, linesIn, wordOf } from './in-block.ts';

/** An address that moves with an instance. */
export interface InstanceVip {
  readonly address: string;
  readonly family: Family;
  readonly prefixLength: number;
  readonly interface: string;
  /** Whatever else is said of it. */
  readonly options: string;
}

/** A VRRP instance as one file has it, with what holds for it where it says nothing. */
export interface Instance {
  readonly name: string;
  readonly items: readonly ReadItem[];
  /** By what keepalived knows it again on a reload; the name is no part of it (vrrp.c: vrrp_exist). */
  readonly identity: Identity;
  readonly vips: readonly InstanceVip[];
  /** Those that are not in the adverts. */
  readonly excludedVips: readonly InstanceVip[];
  readonly priority: number;
  readonly version: number;
  readonly advertSeconds: number;
  readonly downTimerAdverts: number;
  readonly isPreempting: boolean;
  /** It does not compare the VIPs in the adverts of a master that it knows. */
  readonly skipsAddressCheck: boolean;
}

export interface Identity {
  readonly routerId: string;
  readonly family: Family;
  readonly interface: string;
  readonly transport: 'multicast' | 'unicast';
  /** Where adverts come from, with unicast, or go to, with multicast. */
  readonly address: string;
  readonly vmac: 'none' | 'vmac' | 'vmac with its addresses';
}

/** Those of a file, in its order; keepalived skips a second one of the same name. */
export function instancesOf({ items }: ReadConf): readonly Instance[] {
  const globals = globalsOf(items);
  const instances = blocksOf(items, 'vrrp_instance').map((block) => instanceOf(block, globals));
  return instances.filter(({ name }, index) => instances.findIndex((other) => other.name === name) === index);
}

export function identityKey(identity: Identity): string {
  return Object.values(identity).join(' ');
}

function instanceOf({ words, items }: ReadBlock, globals: readonly ReadItem[]): Instance {
  const device = wordOf(items, 'interface') ?? '';
  const vips = linesIn(items, 'virtual_ipaddress').map((line) => vipOf(line, device));
  const family = vips[0]?.family ?? 'ipv4';
  const forAll = (keyword: string) => wordOf(globals, `vrrp_${keyword}`);
  return {
    name: words[1] ?? '',
    items,
    identity: identityOf(items, { globals, family, device }),
    vips,
    excludedVips: linesIn(items, 'virtual_ipaddress_excluded').map((line) => vipOf(line, device)),
    priority: numberOr(wordOf(items, 'priority'), wordOf(items, 'state') === 'MASTER' ? 255 : 100),
    version: numberOr(wordOf(items, 'version'), family === 'ipv6' ? 3 : numberOr(forAll('version'), 2)),
    advertSeconds: numberOr(wordOf(items, 'advert_int'), 1),
    downTimerAdverts: numberOr(wordOf(items, 'down_timer_adverts'), numberOr(forAll('down_timer_adverts'), 3)),
    isPreempting: !has(items, 'nopreempt'),
    skipsAddressCheck: has(items, 'skip_check_adv_addr') || has(globals, 'vrrp_skip_check_adv_addr'),
  };
}

function vipOf([word = '', ...options]: readonly string[], device: string): InstanceVip {
  const [text = '', length] = word.split('/');
  const address = parseAddress(text) ?? { family: 'ipv4', text };
  const at = options.indexOf('dev');
  return {
    address: address.text,
    family: address.family,
    prefixLength: numberOr(length, address.family === 'ipv4' ? 32 : 128),
    interface: at === -1 ? device : (options[at + 1] ?? ''),
    options: options.filter((_, index) => at === -1 || (index !== at && index !== at + 1)).join(' '),
  };
}

function identityOf(
  items: readonly ReadItem[],
  { globals, family, device }: { globals: readonly ReadItem[]; family: Family; device: string },
): Identity {
  const isUnicast = linesIn(items, 'unicast_peer').length > 0 || has(items, 'unicast_fault_no_peer');
  const group = wordOf(items, 'mcast_dst_ip') ?? wordOf(globals, GROUPS[family].keyword) ?? GROUPS[family].usual;
  const address = isUnicast ? (wordOf(items, 'unicast_src_ip') ?? '') : group;
  const vmac = has(items, 'use_vmac_addr') ? 'vmac with its addresses' : 'vmac';
  return {
    routerId: wordOf(items, 'virtual_router_id') ?? '',
    family,
    interface: device,
    transport: isUnicast ? 'unicast' : 'multicast',
    address: parseAddress(address)?.text ?? address,
    // With unicast keepalived does not look at it.
    vmac: !isUnicast && has(items, 'use_vmac') ? vmac : 'none',
  };
}

/** What is no number stands for what nobody said. */
function numberOr(text: string | undefined, fallback: number): number {
  const value = Number(text ?? Number.NaN);
  return Number.isNaN(value) ? fallback : value;
}

const GROUPS = {
  ipv4: { keyword: 'vrrp_mcast_group4', usual: '224.0.0.18' },
  ipv6: { keyword: 'vrrp_mcast_group6', usual: 'ff02::12' },
} as const satisfies Record<Family, { keyword: string; usual: string }>;
