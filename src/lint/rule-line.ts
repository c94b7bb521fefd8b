import {
  INTERFACE_NAME,
  type IpFault,
  type IpLine,
  isAnyNumber,
  isFault,
  MAX_U32,
  number,
  numberOrName,
  type Option,
  pattern,
  PREFIX,
  REALMS,
  readIpLine,
} from './ip-words.ts';

/** Why keepalived would refuse or change a line of virtual_rules; undefined for one that it takes. */
export function ruleFault(text: string): IpFault | undefined {
  const words = text.trim().split(/\s+/);
  const wrong = words.find((word) => Object.hasOwn(WRONG_WORDS, word));
  if (wrong !== undefined) return WRONG_WORDS[wrong];
  const line = readIpLine(text, OPTIONS);
  return isFault(line) ? line : (actionFault(line) ?? preferenceFault(line) ?? trackingFault(line));
}

function actionFault({ said }: IpLine): IpFault | undefined {
  const actions = ACTIONS.filter((word) => said.has(word));
  if (actions.length === 0) return { message: 'it says nothing to do', hint: 'add table and its number' };
  if (actions.length > 1) return { message: `${actions.join(' and ')} exclude each other` };
  const needsTable = ['realms', ...SUPPRESSORS].find((word) => said.has(word));
  if (needsTable === undefined || ['table', 'lookup', 'l3mdev'].includes(actions[0] ?? '')) return undefined;
  return { message: `${needsTable} is for rules with a table` };
}

function preferenceFault({ said }: IpLine): IpFault | undefined {
  const preference = PREFERENCES.map((word) => said.get(word)).find((value) => value !== undefined);
  if (preference === undefined)
    return {
      message: 'it has no preference, and keepalived chooses one from 16384 down',
      hint: 'add preference and a number below 32766, that of the table main',
    };
  const target = said.get('goto');
  return target !== undefined && Number(preference) >= Number(target)
    ? { message: `goto ${target} does not go forward from preference ${preference}` }
    : undefined;
}

/** What keepalived follows it must be able to tell from others (alloc_rule). */
function trackingFault({ said }: IpLine): IpFault | undefined {
  if (said.has('no_track') || (said.get('protocol') ?? '18') === '18') return undefined;
  return { message: 'keepalived follows rules of its own protocol only', hint: 'remove protocol, or add no_track' };
}

const SUPPRESSORS = ['suppress_prefixlength', 'sup_pl', 'suppress_ifgroup', 'sup_group'];
const PREFERENCES = ['preference', 'priority', 'order'];
const ACTIONS = ['table', 'lookup', 'goto', 'nop', 'blackhole', 'unreachable', 'prohibit', 'l3mdev'];

const WRONG_WORDS: Readonly<Record<string, IpFault>> = {
  pref: { message: 'keepalived does not know pref', hint: 'write preference' },
  inet: { message: 'keepalived 2.2.7 loses the word behind inet', hint: 'remove it; the addresses say it' },
  inet6: { message: 'keepalived 2.2.7 loses the word behind inet6', hint: 'remove it; the addresses say it' },
  track_group: { message: 'track_group is for static rules', hint: 'remove it' },
};

const FLAG: Option = {};
const TABLE: Option = {
  takes: { ...numberOrName(MAX_U32), noun: 'table', fits: (word) => word !== '0' && numberOrName(MAX_U32).fits(word) },
};
const PREFERENCE: Option = { takes: { noun: 'preference', fits: (word) => isAnyNumber(word, MAX_U32) } };
/** A single port is refused by a mistake of 2.2.7 (alloc_rule). */
const PORTS: Option = { takes: pattern('range of ports such as 80-80', /^\d{1,5}-\d{1,5}$/) };
const FWMARK: Option = {
  takes: {
    noun: 'mark, or mark and mask with a slash',
    fits: (word) => word.split('/').length <= 2 && word.split('/').every((part) => isAnyNumber(part, MAX_U32)),
  },
};

const OPTIONS: Readonly<Record<string, Option>> = {
  from: { takes: PREFIX },
  to: { takes: PREFIX },
  table: TABLE,
  lookup: TABLE,
  preference: PREFERENCE,
  priority: PREFERENCE,
  order: PREFERENCE,
  fwmark: FWMARK,
  tos: { takes: numberOrName(255) },
  dsfield: { takes: numberOrName(255) },
  realms: { takes: REALMS },
  suppress_prefixlength: { takes: number(2147483647) },
  sup_pl: { takes: number(2147483647) },
  suppress_ifgroup: { takes: numberOrName(2147483647) },
  sup_group: { takes: numberOrName(2147483647) },
  dev: { takes: INTERFACE_NAME },
  iif: { takes: INTERFACE_NAME },
  oif: { takes: INTERFACE_NAME },
  'tunnel-id': { takes: number(Number.MAX_SAFE_INTEGER) },
  uidrange: { takes: pattern('range of user ids such as 0-100', /^\d{1,10}-\d{1,10}$/) },
  protocol: { takes: number(255) },
  ipproto: { takes: numberOrName(255) },
  sport: PORTS,
  dport: PORTS,
  goto: { takes: number(MAX_U32) },
  not: FLAG,
  type: FLAG,
  nop: FLAG,
  blackhole: FLAG,
  unreachable: FLAG,
  prohibit: FLAG,
  l3mdev: FLAG,
  no_track: FLAG,
};
