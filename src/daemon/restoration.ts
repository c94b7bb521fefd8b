import { OperationError } from '../errors.ts';
import type { NamedSnapshot } from '../host/snapshots.ts';
import { parseSavedListing } from '../ipvsadm/live-table.ts';
import { servicesOf } from '../keepalived/impact/service.ts';
import { readConf } from '../keepalived/read-conf.ts';
import { PLAIN_AVAILABILITY } from '../model/availability.ts';
import type { Desired, DesiredService, Owner } from '../model/desired.ts';
import { NO_KEEPALIVED } from '../model/keepalived.ts';
import type { LiveTable } from '../model/live.ts';
import type { Override } from '../model/override.ts';
import type { SpecSource } from '../model/spec-source.ts';
import type { State } from '../model/state.ts';
import { serverKey, serviceKey, sortServices, type VirtualService } from '../model/table.ts';
import { indexLive } from '../plan/effect.ts';
import { formerNames } from '../plan/label.ts';
import { rulingOverride } from '../plan/overridden.ts';
import { appliedTarget } from './target.ts';

/** What a snapshot wants back. */
export interface Restoration {
  readonly desired: Desired;
  /** The spec that it is; null: the table as it was. */
  readonly source: SpecSource | null;
  /** Keys of services that were somebody else's then, and are to be so again. */
  readonly disowned: readonly string[];
}

/** What is true now. */
export interface Present {
  /** By today's names, what was decided by hand finds its real servers. */
  readonly state: State;
  /** The spec that held then is the one that is rolled back from, so that only the table differed. */
  readonly isDrift: boolean;
  readonly live: LiveTable;
  /** Shares of weights that still stand, which a table does not have: such real servers stay as they are. */
  readonly shares: readonly Override[];
}

/**
 * The spec that held then, with its names, checks and keepalived's side. By the table goes what no spec tells: where
 * nobody knows that spec, or where it never was about the spec.
 *
 * What others had then, and lvsctl adopted or removed since, they get back as they had it.
 */
export function restorationOf(snapshot: NamedSnapshot, { state, isDrift, live, shares }: Present): Restoration {
  const table = servicesThen(snapshot);
  const known = isDrift ? null : snapshot.spec;
  const spec = known && appliedTarget(known);
  const base = spec?.desired ?? tableDesired(table, { snapshot, state, live, shares });
  const wanted = new Set(base.services.map(keyOf));
  const others = foreignThen(table, { snapshot, state }).filter((service) => !wanted.has(keyOf(service)));
  return {
    desired: withKernel({ ...base, services: sortServices([...base.services, ...others]) }, snapshot),
    source: spec && known,
    disowned: others.filter(({ owner }) => owner === 'lvsctl').map(keyOf),
  };
}

function servicesThen({ id, table }: NamedSnapshot): readonly VirtualService[] {
  const { services, unread } = parseSavedListing(table);
  if (unread.length === 0) return services;
  throw new OperationError(`Snapshot ${id} has rows that cannot be read: ${unread[0]?.text}`);
}

function tableDesired(
  table: readonly VirtualService[],
  { snapshot, state, live, shares }: Omit<Present, 'isDrift'> & { snapshot: NamedSnapshot },
): Desired {
  const then = new Set(snapshot.state.owned.map(({ key }) => key));
  const managed = table.filter(({ address }) => then.has(serviceKey(address)));
  const about = { snapshot, state, owner: 'lvsctl', drainSeconds: 300 } as const;
  return {
    cluster: null,
    generation: snapshot.state.generation,
    services: managed.map((service) => withShares(wantAgain(service, about), { live, shares })),
    timeouts: null,
    syncDaemons: null,
    guards: { maxRemove: 0.3, maxRemoveServices: 0.3 },
    heldVips: null,
    directors: [],
    keepalived: NO_KEEPALIVED,
  };
}

/** Services that are ours by now, or were removed as the plan was told to; keepalived's go back to keepalived. */
function foreignThen(
  table: readonly VirtualService[],
  { snapshot, state }: { snapshot: NamedSnapshot; state: State },
): readonly DesiredService[] {
  const then = new Set(snapshot.state.owned.map(({ key }) => key));
  const now = new Set(state.owned.map(({ key }) => key));
  const ofKeepalived = new Set(servicesOf(readConf(snapshot.conf?.text ?? '')).map(({ key }) => key));
  return table.flatMap((service) => {
    const key = serviceKey(service.address);
    const isTaken = now.has(key) || snapshot.pruned.includes(key);
    if (then.has(key) || !isTaken) return [];
    const owner = ofKeepalived.has(key) ? 'keepalived' : 'lvsctl';
    // Nobody would remove later what still drains in a service that is not ours any more.
    return [wantAgain(service, { snapshot, state, owner, drainSeconds: 0 })];
  });
}

/** A server that was leaving then is not wanted back. */
function wantAgain(
  service: VirtualService,
  {
    snapshot,
    state,
    owner,
    drainSeconds,
  }: { snapshot: NamedSnapshot; state: State; owner: Owner; drainSeconds: number },
): DesiredService {
  const key = serviceKey(service.address);
  const names = formerNames(state.owned, snapshot.state.owned);
  const origin = { file: `snapshot ${snapshot.id}`, line: 0, column: 0 };
  const leaving = new Set(snapshot.state.drains.filter((drain) => drain.service === key).map((drain) => drain.server));
  const servers = service.servers
    .filter((server) => !leaving.has(serverKey(server)))
    .map((server) => {
      const name = names.server(key, serverKey(server)) ?? serverKey(server);
      return { ...server, name, origin, fieldOrigins: {}, check: null, extra: [] };
    });
  const rest = { fieldOrigins: {}, drainSeconds, availability: PLAIN_AVAILABILITY, extra: [] };
  const [name, pool] = [names.service(key) ?? key, names.pool(key) ?? null];
  return { ...service, ...rest, name, pool, owner, origin, servers };
}

function withShares(service: DesiredService, { live, shares }: Pick<Present, 'live' | 'shares'>): DesiredService {
  const table = indexLive(live);
  const servers = service.servers.map((server) => {
    const known = table.server(service.address, server);
    const isShared = known !== undefined && rulingOverride(shares, service, server) !== undefined;
    return isShared ? { ...server, weight: known.weight } : server;
  });
  return { ...service, servers };
}

/** What the spec is silent about is as it was. */
function withKernel(desired: Desired, { timeouts, syncDaemons }: NamedSnapshot): Desired {
  return {
    ...desired,
    timeouts: timeouts === null ? desired.timeouts : { ...timeouts, ...desired.timeouts },
    syncDaemons: desired.syncDaemons ?? syncDaemons,
  };
}

function keyOf({ address }: DesiredService): string {
  return serviceKey(address);
}
