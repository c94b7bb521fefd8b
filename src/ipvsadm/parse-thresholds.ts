import { serverKey, serviceKey } from '../model/table.ts';
import { readNumber } from './endpoint.ts';
import { type ListingRow, parseListing } from './parse-listing.ts';

/** What `ipvsadm -Sn` does not say of a real server. */
export interface ServerLoad {
  readonly upperThreshold: number;
  readonly lowerThreshold: number;
  readonly active: number;
  readonly inactive: number;
}

export interface ThresholdListing {
  /** By `serviceKey`, then `serverKey`. */
  readonly loads: ReadonlyMap<string, ReadonlyMap<string, ServerLoad>>;
  /** How many rows have no identity that can be read. */
  readonly nameless: number;
}

const COLUMNS = ['Uthreshold', 'Lthreshold', 'ActiveConn', 'InActConn'];

/** Reads `ipvsadm -Ln --thresholds --exact`; undefined when it is not whole. */
export function parseThresholds(text: string): ThresholdListing | undefined {
  const rows = parseListing(text, COLUMNS);
  if (rows === undefined) return undefined;
  const loads = new Map<string, Map<string, ServerLoad>>();
  for (const row of rows) if (!addRow(loads, row)) return undefined;
  return { loads, nameless: rows.filter(({ service }) => service === undefined).length };
}

function addRow(loads: Map<string, Map<string, ServerLoad>>, { service, server, values }: ListingRow): boolean {
  if (service === undefined) return true;
  const key = serviceKey(service);
  const servers = loads.get(key) ?? new Map();
  loads.set(key, servers);
  if (server === undefined) return true;
  const load = readLoad(values);
  if (load !== undefined) servers.set(serverKey(server), load);
  return load !== undefined;
}

function readLoad(values: readonly string[]): ServerLoad | undefined {
  const numbers = values.map((value) => readNumber(value, { max: 2 ** 32 - 1 }));
  const [upperThreshold, lowerThreshold, active, inactive, ...more] = numbers;
  if (upperThreshold === undefined || lowerThreshold === undefined || more.length > 0) return undefined;
  return active === undefined || inactive === undefined
    ? undefined
    : { upperThreshold, lowerThreshold, active, inactive };
}
