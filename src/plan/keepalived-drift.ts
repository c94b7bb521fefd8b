import { differingServerFields, differingServiceFields } from '../diff/same.ts';
import type { DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import { type RealServer, serverKey, serviceKey, type VirtualService } from '../model/table.ts';
import type { Notice } from './plan.ts';

/** keepalived never reads the table back, and a reload compares files only (ipwrapper.c: clear_diff_services). */
const WAY_OUT = 'a reload does not restore it, `systemctl restart keepalived` does, at the price of a failover';

/**
 * Where the kernel does not show what keepalived was told: the entries of its services are its own, so this is said and
 * not mended. A real server that is not there may have failed its checks, and one with weight 0 too.
 */
export function keepalivedDrift(live: LiveTable, theirs: readonly DesiredService[]): Notice[] {
  const present = new Map(live.services.map((service) => [serviceKey(service.address), service]));
  return theirs.flatMap((wanted) => {
    const differences = serviceDifferences(present.get(serviceKey(wanted.address)), wanted);
    if (differences.length === 0) return [];
    const message = `keepalived has it, and in the kernel ${differences.join(', ')}: ${WAY_OUT}`;
    return [{ kind: 'keepalived-drift' as const, subject: wanted.name, message }];
  });
}

function serviceDifferences(service: VirtualService | undefined, wanted: DesiredService): string[] {
  if (service === undefined) return ['it is missing'];
  const known = new Map(expectedServers(wanted).map((server) => [serverKey(server), server]));
  return [
    ...differingServiceFields(service, wanted).map((field) => `its ${FIELD_WORDS[field]} differs`),
    ...service.servers.flatMap((server) => serverDifferences(server, known.get(serverKey(server)))),
    ...uncheckedMissing(service, wanted),
  ];
}

/** keepalived gives a sorry server the weight 1 (check_data.c: alloc_ssvr). */
function expectedServers({ servers, availability: { sorryServer } }: DesiredService): readonly RealServer[] {
  return sorryServer === null ? servers : [...servers, { ...sorryServer, weight: 1 }];
}

function serverDifferences(server: RealServer, wanted: RealServer | undefined): string[] {
  const key = serverKey(server);
  if (wanted === undefined) return [`${key} is one that it was not told of`];
  const fields = differingServerFields(server, wanted).filter((field) => !(field === 'weight' && server.weight === 0));
  return fields.map((field) => `${key} has another ${FIELD_WORDS[field]}`);
}

/** One without a check is always up for keepalived, unless the sorry server stands in for all. */
function uncheckedMissing(service: VirtualService, { servers, availability }: DesiredService): string[] {
  const present = new Set(service.servers.map(serverKey));
  const { sorryServer } = availability;
  if (sorryServer !== null && present.has(serverKey(sorryServer))) return [];
  return servers
    .filter((server) => server.check === null && !present.has(serverKey(server)))
    .map((server) => `${serverKey(server)} is missing`);
}

const FIELD_WORDS = {
  scheduler: 'scheduler',
  schedulerFlags: 'scheduler_flags',
  persistence: 'persistence',
  persistenceEngine: 'persistence engine',
  onePacket: 'one_packet',
  forwarding: 'forwarding',
  weight: 'weight',
  upperThreshold: 'upper_threshold',
  lowerThreshold: 'lower_threshold',
} as const;
