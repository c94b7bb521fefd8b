import { type Fact, type InterfaceAddress, known, type Neighbour, type Route, unknown } from '../../doctor/facts.ts';
import { type Family, parseAddress } from '../../model/address.ts';
import { readJson } from './look.ts';
import { type Listing, listing } from './look-at-all.ts';

const FAMILIES = ['ipv4', 'ipv6'] as const;

/** The main table, both families. */
export const ROUTES: Listing<readonly Route[]> = {
  commands: FAMILIES.map((family) => ['ip', family === 'ipv4' ? '-4' : '-6', '-j', 'route']),
  read: (outputs) => {
    const tables = FAMILIES.map((family, index) =>
      readTable(outputs[index] ?? unknown('It was not looked at'), family),
    );
    return tables.find((table) => !table.known) ?? known(tables.flatMap((table) => (table.known ? table.value : [])));
  },
};

function readTable(output: Fact<string>, family: Family): Fact<readonly Route[]> {
  return readJson(output, (routes) => (routes as IpRoute[]).map((route) => toRoute(route, family)));
}

/** As `ip -j route` prints it. */
interface IpRoute {
  readonly dst: string;
  readonly gateway?: string;
  readonly dev?: string;
  readonly metric?: number;
  readonly metrics?: readonly { readonly advmss?: number }[];
}

function toRoute({ dst, gateway, dev, metric = 0, metrics = [] }: IpRoute, family: Family): Route {
  return {
    family,
    destination: dst === 'default' ? null : toDestination(dst),
    gateway: parseAddress(gateway ?? '')?.text ?? null,
    device: dev ?? null,
    metric,
    advertisedMss: metrics.find(({ advmss }) => advmss !== undefined)?.advmss ?? null,
  };
}

function toDestination(text: string): InterfaceAddress {
  const [address = '', length] = text.split('/');
  const parsed = parseAddress(address);
  if (parsed === undefined) throw new Error(`"${text}" is no destination of a route`);
  return { ...parsed, prefixLength: length === undefined ? (parsed.family === 'ipv4' ? 32 : 128) : Number(length) };
}

/** Whom the kernel knows in its networks, by their MAC addresses. */
export const NEIGHBOURS: Listing<readonly Neighbour[]> = listing(['ip', '-j', 'neighbour'], (output) =>
  readJson(output, (entries) =>
    (entries as readonly { dst: string; lladdr?: string }[]).flatMap(({ dst, lladdr }) => {
      const address = parseAddress(dst);
      return address === undefined || lladdr === undefined
        ? []
        : [{ address: address.text, mac: lladdr.toLowerCase() }];
    }),
  ),
);
