import type { Timeouts } from '../model/table.ts';

/** Reads `ipvsadm -L --timeout`: `Timeout (tcp tcpfin udp): 900 120 300`; undefined for anything else. */
export function parseTimeouts(text: string): Timeouts | undefined {
  const match = /^Timeout \(tcp tcpfin udp\): (\d+) (\d+) (\d+)\s*$/.exec(text);
  return match === null ? undefined : { tcp: Number(match[1]), tcpFin: Number(match[2]), udp: Number(match[3]) };
}
