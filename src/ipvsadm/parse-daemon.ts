import { parseAddress } from '../model/address.ts';
import type { SyncDaemon } from '../model/table.ts';

const LINE =
  /^(master|backup) sync daemon \(mcast=(\S+), syncid=(\d+), maxlen=(\d+), group=(\S+), port=(\d+), ttl=(\d+)\)$/;

/** Reads `ipvsadm -L --daemon`, which prints nothing when no daemon runs; undefined when a line cannot be read. */
export function parseDaemon(text: string): readonly SyncDaemon[] | undefined {
  const daemons = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readDaemon);
  return daemons.includes(undefined) ? undefined : (daemons as SyncDaemon[]);
}

function readDaemon(line: string): SyncDaemon | undefined {
  const match = LINE.exec(line);
  const group = parseAddress(match?.[5] ?? '');
  if (match === null || group === undefined) return undefined;
  return {
    role: match[1] === 'master' ? 'master' : 'backup',
    interface: match[2] ?? '',
    syncId: Number(match[3]),
    maxLength: Number(match[4]),
    group: group.text,
    port: Number(match[6]),
    ttl: Number(match[7]),
  };
}
