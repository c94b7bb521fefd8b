import { isOlder } from '../model/version-order.ts';
import {
  ADDRESS,
  INTERFACE_NAME,
  type IpFault,
  isFault,
  type Kind,
  MAX_U32,
  number,
  numberOrName,
  type Option,
  oneOf,
  pattern,
  PREFIX,
  REALMS,
  readIpLine,
} from './ip-words.ts';

/** Why a keepalived of some version would refuse or change a line of virtual_routes; undefined for one that it takes. */
export function routeFault(text: string, version: string): IpFault | undefined {
  const words = text.trim().split(/\s+/);
  const wrong = words.find((word) => Object.hasOwn(WRONG_WORDS, word));
  if (wrong !== undefined) return WRONG_WORDS[wrong];
  // What is in a tunnel's header is left to keepalived.
  if (words.includes('encap')) return undefined;
  const at = words.indexOf('nexthop');
  const line = readIpLine(words.slice(0, at < 0 ? undefined : at).join(' '), OPTIONS);
  if (isFault(line)) return line;
  const { said } = line;
  const destinations = ['', 'to'].filter((word) => said.has(word));
  if (destinations.length === 0)
    return { message: 'it names no destination', hint: 'for example 198.51.100.0/24, or default' };
  if (destinations.length > 1) return { message: 'it names two destinations' };
  const hop = at < 0 ? undefined : nexthopFault(words.slice(at), line.family);
  return hop ?? (said.has('no_track') ? undefined : trackingFault(said, version));
}

/** What keepalived follows it must be able to tell from others (alloc_route). */
function trackingFault(said: ReadonlyMap<string, string>, version: string): IpFault | undefined {
  const protocol = said.get('protocol');
  if (protocol !== undefined && protocol !== '18' && protocol !== 'keepalived')
    return { message: 'keepalived follows routes of its own protocol only', hint: 'remove protocol, or add no_track' };
  if (said.has('dev') || said.has('oif') || !isOlder(version, '2.3.2')) return undefined;
  return {
    message: `keepalived ${version} cannot follow a route without an interface`,
    hint: 'add dev with the interface, or no_track',
  };
}

/** From the first nexthop on. */
function nexthopFault(words: readonly string[], family: 'ipv4' | 'ipv6' | null): IpFault | undefined {
  const hops = words
    .join(' ')
    .split(/(?:^| )nexthop(?: |$)/)
    .slice(1);
  for (const hop of hops) {
    if (hop.trim() === '') return { message: 'nexthop names no router', hint: 'write nexthop via and its address' };
    const line = readIpLine(hop, HOP_OPTIONS);
    if (isFault(line)) return line;
    if (family !== null && line.family !== null && line.family !== family)
      return { message: 'the next hop has another address family than the route' };
  }
  return undefined;
}

const WRONG_WORDS: Readonly<Record<string, IpFault>> = {
  gw: { message: 'gw is deprecated', hint: 'write via' },
  or: { message: 'or is deprecated', hint: 'write nexthop via ... nexthop via ...' },
  proto: { message: 'keepalived does not know proto', hint: 'write protocol' },
  as: { message: 'keepalived ignores as', hint: 'remove it' },
  track_group: { message: 'track_group is for static routes', hint: 'remove it' },
};

const TYPES = [
  'unicast',
  'local',
  'broadcast',
  'brd',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
  'nat',
  'xresolve',
];

/** get_time_rtt: a number, or one with s or ms. */
const TIME = pattern('time such as 300ms', /^\d{1,6}(?:m?s(?:ecs?)?)?$|^\d{1,3}\.\d{1,3}s(?:ecs?)?$/i);

const lockable = (takes: Kind): Option => ({ takes, before: ['lock'] });
const FLAG: Option = {};
const METRIC: Option = { takes: number(MAX_U32) };
const VIA: Option = { takes: ADDRESS, before: ['inet', 'inet6'] };

const OPTIONS: Readonly<Record<string, Option>> = {
  '': { takes: PREFIX, before: TYPES },
  to: { takes: PREFIX },
  via: VIA,
  src: { takes: ADDRESS },
  from: { takes: { ...PREFIX, noun: 'IPv6 address', fits: (word) => word.includes(':') && PREFIX.fits(word) } },
  dev: { takes: INTERFACE_NAME },
  oif: { takes: INTERFACE_NAME },
  vrf: { takes: INTERFACE_NAME },
  table: { takes: numberOrName(MAX_U32) },
  protocol: { takes: numberOrName(255) },
  scope: { takes: numberOrName(255) },
  tos: { takes: numberOrName(255) },
  dsfield: { takes: numberOrName(255) },
  metric: METRIC,
  priority: METRIC,
  preference: METRIC,
  mtu: lockable(number(MAX_U32)),
  advmss: lockable(number(MAX_U32)),
  reordering: lockable(number(MAX_U32)),
  cwnd: lockable(number(MAX_U32)),
  ssthresh: lockable(number(MAX_U32)),
  rtt: lockable(TIME),
  rttvar: lockable(TIME),
  rto_min: lockable(TIME),
  congctl: lockable(pattern('algorithm', /^[\w-]+$/)),
  hoplimit: { takes: number(255) },
  window: { takes: number(MAX_U32) },
  initcwnd: { takes: number(MAX_U32) },
  initrwnd: { takes: number(MAX_U32) },
  realms: { takes: REALMS },
  features: { takes: oneOf(['ecn']) },
  quickack: { takes: number(1) },
  fastopen_no_cookie: { takes: number(1) },
  'ttl-propagate': { takes: oneOf(['enabled', 'disabled']) },
  expires: { takes: number(MAX_U32), family: 'ipv6' },
  pref: { takes: oneOf(['low', 'medium', 'high']), family: 'ipv6' },
  onlink: FLAG,
  add: FLAG,
  prepend: FLAG,
  append: FLAG,
  no_track: FLAG,
};

const HOP_OPTIONS: Readonly<Record<string, Option>> = {
  via: VIA,
  dev: { takes: INTERFACE_NAME },
  weight: { takes: pattern('weight from 1 to 256', /^(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-6])$/) },
  realms: { takes: REALMS },
  onlink: FLAG,
};
