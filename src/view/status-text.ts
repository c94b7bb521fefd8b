import { columns } from './columns.ts';
import type { Paint } from './paint.ts';
import type { ServerStatus, ServiceStatus, StatusWord } from './status.ts';
import { countText } from './wording.ts';

const STYLES = {
  ok: 'add',
  'by hand': 'change',
  draining: 'change',
  failed: 'error',
  kept: 'error',
  aside: 'change',
  'not checked yet': 'change',
  'slow start': 'change',
  weighed: 'change',
  drifted: 'error',
  missing: 'error',
  managed: 'dim',
  'not managed': 'dim',
} as const satisfies Record<StatusWord, string>;

const HEADING = ['SERVICE', 'ADDRESS', 'FWD', 'SCHED', 'WEIGHT', 'ACTIVE', 'INACT', 'CPS'];
const WIDE = ['IN PPS', 'OUT PPS', 'IN B/S', 'OUT B/S'];

/** The table as people read it: services, their real servers under them, and the state of each. */
export function statusText(
  statuses: readonly ServiceStatus[],
  { wide, paint }: { wide: boolean; paint: Paint },
): string {
  if (statuses.length === 0) return 'No virtual services.\n';
  const head = [...HEADING, ...(wide ? WIDE : []), 'STATE'];
  const rows = statuses.flatMap((service) => [
    serviceRow(service, wide),
    ...service.servers.map((server) => serverRow(server, wide)),
  ]);
  const right = head.flatMap((_title, index) => (index >= 4 && index < head.length - 1 ? [index] : []));
  const lines = columns([head, ...rows], { right }).split('\n');
  return lines.map((line) => paintState(line, paint)).join('\n');
}

function serviceRow(service: ServiceStatus, wide: boolean): string[] {
  const methods = [...new Set(service.servers.map(({ forwarding }) => forwarding))].join(',');
  return [
    service.name ?? '-',
    service.address,
    methods,
    service.scheduler,
    '',
    ...numbers(service, wide),
    service.state,
  ];
}

function serverRow(server: ServerStatus, wide: boolean): string[] {
  return [
    `  ${server.name ?? '-'}`,
    server.address,
    server.forwarding,
    '',
    String(server.weight),
    ...numbers(server, wide),
    server.state,
  ];
}

function numbers({ connections, rate }: ServiceStatus | ServerStatus, wide: boolean): string[] {
  const rates = wide ? [rate.inPackets, rate.outPackets, rate.inBytes, rate.outBytes] : [];
  return [connections.active, connections.inactive, rate.connections, ...rates].map(countText);
}

function paintState(line: string, paint: Paint): string {
  const word = Object.keys(STYLES).find((state) => line.endsWith(`  ${state}`)) as StatusWord | undefined;
  return word === undefined ? line : line.slice(0, -word.length) + paint(STYLES[word], word);
}
