import type { Rate, Rates } from '../model/live.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import { readNumber } from './endpoint.ts';
import { type ListingRow, parseListing } from './parse-listing.ts';

const COLUMNS = ['CPS', 'InPPS', 'OutPPS', 'InBPS', 'OutBPS'];

type Row = { service: Rate; servers: Map<string, Rate> };

/**
 * Reads `ipvsadm -Ln --rate --exact`; undefined when it is not whole. Rows of a service that lvsctl cannot read have no
 * key to be found by and are left out, together.
 */
export function parseRates(text: string): Rates | undefined {
  const rows = parseListing(text, COLUMNS);
  if (rows === undefined) return undefined;
  const rates = new Map<string, Row>();
  for (const row of rows) if (!addRow(rates, row)) return undefined;
  return rates;
}

function addRow(rates: Map<string, Row>, { service, server, values }: ListingRow): boolean {
  if (service === undefined) return true;
  const rate = readRate(values);
  if (rate === undefined) return false;
  const key = serviceKey(service);
  if (server !== undefined) rates.get(key)?.servers.set(serverKey(server), rate);
  else rates.set(key, { service: rate, servers: rates.get(key)?.servers ?? new Map() });
  return true;
}

function readRate(values: readonly string[]): Rate | undefined {
  const numbers = values.map((value) => readNumber(value, { max: Number.MAX_SAFE_INTEGER }));
  const [connections, inPackets, outPackets, inBytes, outBytes] = numbers;
  if (numbers.length !== 5 || numbers.includes(undefined)) return undefined;
  return { connections, inPackets, outPackets, inBytes, outBytes } as Rate;
}
