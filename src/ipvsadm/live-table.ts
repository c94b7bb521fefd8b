import type { ConnectionCount, LiveTable } from '../model/live.ts';
import { serverKey, serviceKey, type VirtualService } from '../model/table.ts';
import { parseDaemon } from './parse-daemon.ts';
import { parseSave, type SaveListing } from './parse-save.ts';
import { parseThresholds, type ServerLoad, type ThresholdListing } from './parse-thresholds.ts';
import { parseTimeouts } from './parse-timeouts.ts';

/** The outputs of the four calls that together tell the whole state. */
export interface Listings {
  /** `ipvsadm -Sn` */
  readonly save: string;
  /** `ipvsadm -Ln --thresholds --exact` */
  readonly thresholds: string;
  /** `ipvsadm -L --timeout` */
  readonly timeouts: string;
  /** `ipvsadm -L --daemon` */
  readonly daemon: string;
}

export type Assembled =
  | { readonly ok: true; readonly table: LiveTable }
  | { readonly ok: false; readonly difference: string };

/**
 * Joins the listings into one table. Each is a snapshot of its own, and the kernel's dumps lose or repeat a row when
 * somebody writes meanwhile: so listings that do not name the same services and servers are refused, to be read again.
 */
export function assembleLiveTable(listings: Listings): Assembled {
  const save = parseSave(listings.save);
  const thresholds = parseThresholds(listings.thresholds);
  const [timeouts, syncDaemons] = [parseTimeouts(listings.timeouts), parseDaemon(listings.daemon)];
  if (thresholds === undefined) return refuse('"ipvsadm -Ln --thresholds" is not a whole listing');
  if (timeouts === undefined) return refuse('"ipvsadm -L --timeout" does not show the three time-outs');
  if (syncDaemons === undefined) return refuse('"ipvsadm -L --daemon" shows something else than sync daemons');
  const difference = differenceOf(save, thresholds);
  if (difference !== undefined) return refuse(difference);
  const services = save.services.map((service) => withThresholds(service, loadsOf(thresholds, service)));
  const connections = new Map(services.map((each) => [serviceKey(each.address), connectionsOf(each, thresholds)]));
  return { ok: true, table: { services, connections, unread: save.unread.map(toRow), timeouts, syncDaemons } };
}

/** Reads a file of `-A` and `-a` lines: a saved `ipvsadm -Sn`, or our own snapshot, which has the thresholds too. */
export function parseSavedListing(text: string): LiveTable {
  const { services, unread } = parseSave(text, { bareTunnel: 'ipip' });
  return {
    services,
    connections: new Map(),
    unread: unread.map(({ text: row, reason, line }) => ({ text: row, reason: `Line ${line}: ${reason}` })),
    timeouts: null,
    syncDaemons: null,
  };
}

function refuse(difference: string): Assembled {
  return { ok: false, difference };
}

function toRow({ text, reason }: { text: string; reason: string }): { text: string; reason: string } {
  return { text, reason };
}

function differenceOf(save: SaveListing, { loads, nameless }: ThresholdListing): string | undefined {
  if (save.conflicts.length > 0) return `${save.conflicts[0]} is listed twice with different attributes`;
  if (save.nameless !== nameless) return `One listing has ${save.nameless} unreadable rows, the other ${nameless}`;
  return onlyIn(save.named, loads, 'ipvsadm -Sn') ?? onlyIn(loads, save.named, 'ipvsadm -Ln --thresholds');
}

/** The services and servers of a listing; a set of keys and a map by key both are one. */
type Keys = ReadonlyMap<string, ReadonlySet<string> | ReadonlyMap<string, unknown>>;

function onlyIn(here: Keys, there: Keys, name: string): string | undefined {
  for (const [service, servers] of here) {
    const others = there.get(service);
    if (others === undefined) return `${service} is in "${name}" only`;
    const server = [...servers.keys()].find((key) => !others.has(key));
    if (server !== undefined) return `${service} ${server} is in "${name}" only`;
  }
  return undefined;
}

function loadsOf({ loads }: ThresholdListing, service: VirtualService): ReadonlyMap<string, ServerLoad> {
  return loads.get(serviceKey(service.address)) ?? new Map();
}

function withThresholds(service: VirtualService, loads: ReadonlyMap<string, ServerLoad>): VirtualService {
  const servers = service.servers.map((server) => {
    const { upperThreshold = 0, lowerThreshold = 0 } = loads.get(serverKey(server)) ?? {};
    return { ...server, upperThreshold, lowerThreshold };
  });
  return { ...service, servers };
}

function connectionsOf(service: VirtualService, thresholds: ThresholdListing): ReadonlyMap<string, ConnectionCount> {
  const loads = loadsOf(thresholds, service);
  return new Map(
    service.servers.map(serverKey).map((key) => {
      const { active = 0, inactive = 0 } = loads.get(key) ?? {};
      return [key, { active, inactive }];
    }),
  );
}
