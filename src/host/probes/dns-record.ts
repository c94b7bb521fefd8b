import type { Answer as Record } from 'dns-packet';
import { parseAddress } from '../../model/address.ts';

/** By number (RFC 1035 4.1.1). */
export const RCODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'] as const;

/** Whether a record is the one that a check names, as `dig +short` prints it; the case of names, and their last dot, do not count. */
export function isRecord(record: Record, wanted: string): boolean {
  if (record.type === 'TXT') return [record.data].flat().join('') === wanted.replace(/^"(.*)"$/, '$1');
  const text = textOf(record);
  return text !== undefined && canonical(text) === canonical(wanted);
}

function textOf(record: Record): string | undefined {
  switch (record.type) {
    case 'A':
    case 'AAAA':
    case 'NS':
    case 'CNAME':
      return record.data;
    case 'MX':
      return `${record.data.preference} ${record.data.exchange}`;
    case 'SOA': {
      const { mname, rname, serial, refresh, retry, expire, minimum } = record.data;
      return [mname, rname, serial, refresh, retry, expire, minimum].join(' ');
    }
    default:
      return undefined;
  }
}

function canonical(text: string): string {
  return parseAddress(text)?.text ?? text.toLowerCase().replace(/\.(?= |$)/g, '');
}
