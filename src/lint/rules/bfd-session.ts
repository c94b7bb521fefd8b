import type { Bfd } from '../../model/trackers.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { FAMILY_NAMES } from '../address-kind.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const bfdSession: Rule = {
  id: 'LVS192',
  name: 'bfd-session',
  severity: 'error',
  why: 'keepalived leaves the session out, and all that follows it with it, or changes a number to what fits',
  harm: 'keepalived takes no BFD session with a name above 31 characters, with a neighbour that another one has, or with a source of the other family: it disables the session, and what follows it follows nothing. A number with too many decimals, or max_hops above ttl, is changed to what fits.',
  examples: {
    bad: yaml`
      track:
        bfd: { peer: { neighbor: 192.0.2.1, source: "2001:db8::11" } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { bfd: { peer: { weight: -60 } } }
    `,
    good: yaml`
      track:
        bfd: { peer: { neighbor: 192.0.2.1, source: 192.0.2.11 } }
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          track: { bfd: { peer: { weight: -60 } } }
    `,
  },
  source: 'keepalived bfd_parser.c bfd_end_handler, bfd_data.c alloc_bfd; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const byName = new Map(loaded.desired.keepalived.trackers.bfd.map((bfd) => [bfd.name, bfd]));
  const seen: Seen = new Map();
  for (const name of Object.keys(loaded.spec.track?.bfd ?? {})) {
    const bfd = byName.get(name);
    if (bfd === undefined) continue;
    const path = ['track', 'bfd', name];
    const faults = [...nameFaults(bfd), ...addressFaults(bfd, seen), ...numberFaults(bfd)];
    for (const { keys, ...fault } of faults) yield { path: [...path, ...keys], ...fault };
  }
}

type Fault = Omit<Report, 'path'> & { readonly keys: readonly string[] };

function nameFaults({ name }: Bfd): Fault[] {
  if (name.length <= 31) return [];
  return [
    {
      keys: [],
      side: 'key',
      message: `The name of a BFD instance has at most 31 characters, and ${name} has ${name.length}`,
    },
  ];
}

/** The first session with a neighbour, with each source (undefined: none), and with any source (null). */
type Seen = Map<string, Map<string | undefined | null, Bfd>>;

function addressFaults(bfd: Bfd, seen: Seen): Fault[] {
  const { name, neighbor, source } = bfd;
  const twin = firstTwin(bfd, seen);
  if (source !== undefined && source.family !== neighbor.family)
    return [
      {
        keys: ['source'],
        message: `${source.text} is ${FAMILY_NAMES[source.family]}, but the neighbour of ${name} is ${FAMILY_NAMES[neighbor.family]}`,
      },
    ];
  if (twin === undefined) return [];
  return [
    {
      keys: ['neighbor'],
      message: `${name} and ${twin.name} have the same neighbour ${neighbor.text}`,
      hint: 'follow the one session, or give both a source of their own',
      related: [{ path: ['track', 'bfd', twin.name, 'neighbor'], message: `that of ${twin.name}` }],
    },
  ];
}

/** find_bfd_by_addr: a session without a source stands for any. */
function firstTwin(bfd: Bfd, seen: Seen): Bfd | undefined {
  const known: Map<string | undefined | null, Bfd> = seen.get(bfd.neighbor.text) ?? new Map();
  seen.set(bfd.neighbor.text, known);
  const source = bfd.source?.text;
  const twin = source === undefined ? known.get(null) : (known.get(undefined) ?? known.get(source));
  for (const key of [null, source]) if (!known.has(key)) known.set(key, bfd);
  return twin;
}

function numberFaults(bfd: Bfd): Fault[] {
  const { name, neighbor, maxHops = 0 } = bfd;
  const ttl = bfd.ttl ?? (neighbor.family === 'ipv4' ? 255 : 64);
  // keepalived keeps -1 for any as 255.
  const hops: Fault[] =
    (maxHops < 0 ? 255 : maxHops) > ttl
      ? [{ keys: ['max_hops'], message: `max_hops ${maxHops} of ${name} is above its ttl ${ttl}`, hint: 'raise ttl' }]
      : [];
  const times = { min_rx: bfd.minRx, min_tx: bfd.minTx, idle_tx: bfd.idleTx };
  const fine = Object.entries(times).flatMap(([key, value]) =>
    value === undefined || hasThreePlaces(value)
      ? []
      : [{ keys: [key], message: `${key} of ${name} has at most three decimal places, not ${value}` }],
  );
  return [...hops, ...fine];
}

function hasThreePlaces(value: number): boolean {
  return Number(value.toFixed(3)) === value;
}
