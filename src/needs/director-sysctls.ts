import type { Family } from '../model/address.ts';
import type { Desired, DesiredService } from '../model/desired.ts';
import { oneArmInterfaces } from './inside-network.ts';
import { realServerHosts } from './real-server-hosts.ts';
import { IP_SYSCTL, IPVS_SYSCTL, type Sysctl } from './sysctl.ts';

/**
 * The kernel parameters that a spec calls for on its directors, or on the one of that name. They are to be set in this
 * order: a change of ip_forward sets others back (ip-sysctl.rst).
 */
export function directorSysctls(desired: Desired, director?: string): readonly Sysctl[] {
  return [
    ...forwarding(desired),
    ...redirects(desired, director),
    ...removedServers(desired),
    ...persistence(desired),
    ...sloppiness(desired),
    ...backups(desired),
  ];
}

const ANSWERS_PASS = 'The answers of real servers by nat pass through the director';

function forwarding({ services }: Desired): Sysctl[] {
  const families = new Set(
    services.filter((service) => hasServerBy(service, ['nat'])).map(({ address }) => address.family),
  );
  const rows: Readonly<Record<Family, Sysctl>> = {
    ipv4: row('net.ipv4.ip_forward', 1, { reason: ANSWERS_PASS, source: IP_SYSCTL }),
    ipv6: row('net.ipv6.conf.all.forwarding', 1, {
      reason: `${ANSWERS_PASS}. An interface that learns routes by router advertisements then needs accept_ra 2`,
      source: IP_SYSCTL,
    }),
  };
  return (['ipv4', 'ipv6'] as const).filter((family) => families.has(family)).map((family) => rows[family]);
}

function redirects(desired: Desired, director: string | undefined): Sysctl[] {
  const interfaces = oneArmInterfaces(desired, director);
  // The kernel sends them where either `all` or the interface says so.
  return (interfaces.length === 0 ? [] : ['all', ...interfaces]).map((name) =>
    row(`net.ipv4.conf.${name.replaceAll('.', '/')}.send_redirects`, 0, {
      reason:
        'Real servers by nat are in the network of their VIP: a redirect would show them a way to clients past the director',
      source: IP_SYSCTL,
    }),
  );
}

function removedServers({ services }: Desired): Sysctl[] {
  if (services.length === 0) return [];
  const reason =
    'A client of a real server that was removed is told so and begins anew; otherwise its packets are dropped in silence';
  return [row('net.ipv4.vs.expire_nodest_conn', 1, { reason, source: IPVS_SYSCTL })];
}

function persistence({ services }: Desired): Sysctl[] {
  const persistent = services.filter((service) => service.persistence !== null);
  if (persistent.length === 0) return [];
  const reason = `Known clients of ${namesOf(persistent)} leave a real server of weight 0, persistence or not`;
  return [row('net.ipv4.vs.expire_quiescent_template', 1, { reason, source: IPVS_SYSCTL })];
}

/** Schedulers that choose the same real server on every director, by the client's address. */
const HASHING: readonly string[] = ['sh', 'mh'];

function sloppiness(desired: Desired): Sysctl[] {
  if (desired.directors.length < 2 && !usesSync(desired)) return [];
  return (['tcp', 'sctp'] as const).flatMap((protocol) => {
    const hashed = desired.services.filter(
      ({ address, scheduler }) =>
        address.kind === 'address' && address.protocol === protocol && HASHING.includes(scheduler),
    );
    if (hashed.length === 0) return [];
    const reason = `After a failover, connections of ${namesOf(hashed)} that the new director does not know go on: its hash finds their real server`;
    return [row(`net.ipv4.vs.sloppy_${protocol}`, 1, { reason, source: 'net/netfilter/ipvs/ip_vs_proto_*.c' })];
  });
}

function backups(desired: Desired): Sysctl[] {
  if (!isBackupAsAWhole(desired) || !directorsServe(desired)) return [];
  const reason =
    'A director is a real server too: as the backup it takes what the master sends it, and does not balance it again';
  return [row('net.ipv4.vs.backup_only', 1, { reason, source: IPVS_SYSCTL })];
}

/**
 * Whether a director that is a backup for connection sync has nothing to balance. It has with both roles at once, and
 * where another instance makes it master.
 */
function isBackupAsAWhole({ keepalived: { syncDaemon, instances, syncGroups } }: Desired): boolean {
  if (syncDaemon === null) return false;
  const together = syncGroups.find((group) => group.instances.includes(syncDaemon.instance))?.instances ?? [];
  return instances.every(({ name }) => name === syncDaemon.instance || together.includes(name));
}

function directorsServe(desired: Desired): boolean {
  const own = new Set(desired.directors.map(({ address }) => address.text));
  return realServerHosts(desired).some(
    (host) =>
      host.addresses.some((address) => own.has(address)) &&
      host.uses.some(({ server }) => server.forwarding.method !== 'nat'),
  );
}

/** Whether connections are synchronised between directors. */
export function usesSync({ syncDaemons, keepalived }: Desired): boolean {
  return keepalived.syncDaemon !== null || (syncDaemons ?? []).length > 0;
}

/** Whether a service has a real server by one of these methods. */
export function hasServerBy({ servers, availability }: DesiredService, methods: readonly string[]): boolean {
  return [...servers, availability.sorryServer].some(
    (server) => server !== null && methods.includes(server.forwarding.method),
  );
}

function row(name: string, value: number, why: { reason: string; source: string }): Sysctl {
  return { name, value: String(value), alsoFine: [], ...why };
}

function namesOf(services: readonly DesiredService[]): string {
  return services.map(({ name }) => name).join(', ');
}
