import { addressSortKey, parseAddress } from '../model/address.ts';
import type { Desired, DesiredServer, DesiredService } from '../model/desired.ts';
import { compareText, sortBy } from '../model/table.ts';

/** One real server of one service. */
export interface Use {
  readonly service: DesiredService;
  readonly server: DesiredServer;
}

/** A host that serves: all real servers of one address, or of one name. */
export interface RealServerHost {
  /** Its names in the spec; `service/sorry_server` for one that is nothing else. */
  readonly names: readonly string[];
  readonly addresses: readonly string[];
  /** In the order of the services. */
  readonly uses: readonly Use[];
}

export type FoundHost =
  | { readonly kind: 'found'; readonly host: RealServerHost }
  | { readonly kind: 'unknown'; readonly known: readonly string[] }
  /** A name that several hosts have. `known` are words that tell them apart. */
  | { readonly kind: 'ambiguous'; readonly known: readonly string[] };

/** Every host that serves, by address. Sorry servers are real servers too. */
export function realServerHosts(desired: Desired): readonly RealServerHost[] {
  const hosts = groupByHost(desired.services.flatMap(usesOf)).map(toHost);
  return sortBy(hosts, ({ addresses }) => addressSortKey(addresses[0] ?? ''));
}

/** The host that somebody means by a name, `service/server` or an address. */
export function findRealServer(desired: Desired, word: string): FoundHost {
  const hosts = realServerHosts(desired);
  const address = parseAddress(word)?.text;
  const found = hosts.filter(
    ({ addresses, uses }) =>
      (address !== undefined && addresses.includes(address)) ||
      uses.some(({ service, server }) => server.name === word || fullName({ service, server }) === word),
  );
  const [host, another] = found;
  if (host === undefined) return { kind: 'unknown', known: [...new Set(hosts.flatMap(({ names }) => names))] };
  if (another === undefined) return { kind: 'found', host };
  const uses = found.flatMap((each) => each.uses).filter(({ server }) => server.name === word);
  return { kind: 'ambiguous', known: uses.map(fullName) };
}

export function fullName({ service, server }: Use): string {
  return `${service.name}/${server.name}`;
}

function usesOf(service: DesiredService): Use[] {
  const { sorryServer } = service.availability;
  return [...service.servers, ...(sorryServer === null ? [] : [sorryServer])].map((server) => ({ service, server }));
}

function isSorry({ service, server }: Use): boolean {
  return server === service.availability.sorryServer;
}

/** Uses of one address are of one host, and so are those of two addresses that have one name. */
function groupByHost(uses: readonly Use[]): readonly (readonly Use[])[] {
  const sameAs = new Map<string, string>();
  const hostOf = (address: string): string => {
    const other = sameAs.get(address);
    return other === undefined ? address : hostOf(other);
  };
  for (const [ipv4, ipv6] of addressPairs(uses)) {
    if (hostOf(ipv4) !== hostOf(ipv6)) sameAs.set(hostOf(ipv6), hostOf(ipv4));
  }
  return [...Map.groupBy(uses, ({ server }) => hostOf(server.address)).values()];
}

/**
 * Addresses that belong to one host, as they have one name: an IPv4 and an IPv6 address. With more of one family the name
 * was given to several hosts.
 */
function addressPairs(uses: readonly Use[]): (readonly [ipv4: string, ipv6: string])[] {
  const named = Map.groupBy(
    uses.filter((use) => !isSorry(use)),
    ({ server }) => server.name,
  );
  return [...named.values()].flatMap((group) => {
    const [ipv4, ipv6, ...more] = addressesOf(group);
    return ipv4 && ipv6?.includes(':') && !ipv4.includes(':') && more.length === 0 ? [[ipv4, ipv6] as const] : [];
  });
}

function toHost(uses: readonly Use[]): RealServerHost {
  const own = uses.filter((use) => !isSorry(use));
  const names = own.length === 0 ? uses.map(fullName) : own.map(({ server }) => server.name);
  return { names: [...new Set(names)].sort(compareText), addresses: addressesOf(uses), uses };
}

/** IPv4 before IPv6. */
function addressesOf(uses: readonly Use[]): readonly string[] {
  return sortBy([...new Set(uses.map(({ server }) => server.address))], addressSortKey);
}
