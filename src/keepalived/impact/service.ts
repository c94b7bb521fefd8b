import { formatEndpoint, parseAddress } from '../../model/address.ts';
import { type Protocol, type ServiceAddress, serviceKey } from '../../model/table.ts';
import type { ReadBlock, ReadConf, ReadItem } from '../read-conf.ts';
import { blocksOf, wordOf, wordsOf } from './in-block.ts';

/** A virtual_server of one file. */
export interface Service {
  /** By what keepalived knows it again: as lvsctl calls services, or the group's name with a count (ipwrapper.c: vs_iseq). */
  readonly key: string;
  readonly items: readonly ReadItem[];
  readonly servers: readonly Server[];
  /** For one of a group: what the group stands for, one entry each. */
  readonly entries: readonly string[];
}

export interface Server {
  /** `10.0.0.21:443`. */
  readonly key: string;
  readonly items: readonly ReadItem[];
  readonly weight: number;
  readonly forwarding: string;
}

export function servicesOf(conf: ReadConf): readonly Service[] {
  const blocks = blocksOf(conf.items, 'virtual_server');
  return blocks.map((block, index) => serviceOf(block, { conf, earlier: blocks.slice(0, index) }));
}

function serviceOf(
  { words: [, ...header], items }: ReadBlock,
  { conf, earlier }: { conf: ReadConf; earlier: readonly ReadBlock[] },
): Service {
  const servers = blocksOf(items, 'real_server').map((block) => serverOf(block, items));
  if (header[0] !== 'group') return { key: keyOf(header, items), items, servers, entries: [] };
  const name = header[1] ?? '';
  const place = earlier.filter(({ words }) => words[1] === 'group' && words[2] === name).length;
  return {
    key: place === 0 ? `group ${name}` : `group ${name} (${place + 1})`,
    items,
    servers,
    entries: entriesOf(name, conf),
  };
}

function keyOf([word = '', second]: readonly string[], items: readonly ReadItem[]): string {
  const address = word === 'fwmark' ? markOf(second, items) : endpointOf(word, { port: second, items });
  return address === undefined ? `${word} ${second ?? ''}`.trim() : serviceKey(address);
}

function markOf(mark: string | undefined, items: readonly ReadItem[]): ServiceAddress {
  const server = blocksOf(items, 'real_server')[0]?.words[1] ?? '';
  const family = wordOf(items, 'ip_family') ?? (server.includes(':') ? 'inet6' : 'inet');
  return { kind: 'fwmark', family: family === 'inet6' ? 'ipv6' : 'ipv4', mark: Number(mark) };
}

function endpointOf(
  text: string,
  { port, items }: { port: string | undefined; items: readonly ReadItem[] },
): ServiceAddress | undefined {
  const address = parseAddress(text);
  // Without a protocol keepalived takes UDP.
  const protocol = PROTOCOLS.find((name) => name === wordOf(items, 'protocol')?.toLowerCase()) ?? 'udp';
  return address && { kind: 'address', family: address.family, protocol, vip: address.text, port: Number(port ?? 0) };
}

const PROTOCOLS = ['tcp', 'udp', 'sctp'] as const satisfies readonly Protocol[];

function entriesOf(name: string, { items }: ReadConf): readonly string[] {
  const groups = blocksOf(items, 'virtual_server_group').filter(({ words }) => words[1] === name);
  return groups.flatMap((group) => group.items.map(({ words }) => words.join(' ')));
}

function serverOf({ words: [, address = '', port], items }: ReadBlock, service: readonly ReadItem[]): Server {
  const method = wordsOf(items, 'lvs_method') ??
    wordsOf(service, 'lb_kind') ??
    wordsOf(service, 'lvs_method') ?? ['NAT'];
  return {
    key: formatEndpoint(parseAddress(address)?.text ?? address, Number(port ?? 0)),
    items,
    weight: Number(wordOf(items, 'weight') ?? wordOf(service, 'weight') ?? 1) || 0,
    forwarding: method.join(' '),
  };
}
