import { formatEndpoint } from '../model/address.ts';
import type {
  Forwarding,
  Protocol,
  RealServer,
  ServiceAddress,
  ServiceAttributes,
  SyncDaemon,
  Timeouts,
} from '../model/table.ts';
import type { Operation } from '../plan/plan.ts';

/**
 * The arguments of the one ipvsadm call that does this operation. Every attribute is written, since `-E` and `-e` reset
 * what they are not told to its default.
 */
export function operationArguments(operation: Operation): string[] {
  switch (operation.op) {
    case 'add-service':
      return ['-A', ...serviceArguments(operation.service), ...attributeArguments(operation.attributes)];
    case 'edit-service':
      return ['-E', ...serviceArguments(operation.service), ...attributeArguments(operation.attributes)];
    case 'delete-service':
      return ['-D', ...serviceArguments(operation.service)];
    case 'add-server':
      return ['-a', ...serviceArguments(operation.service), ...serverArguments(operation.server)];
    case 'edit-server':
      return ['-e', ...serviceArguments(operation.service), ...serverArguments(operation.server)];
    case 'delete-server':
      // With a forwarding letter ipvsadm refuses `-d`; the port must be the one the kernel holds.
      return ['-d', ...serviceArguments(operation.service), '-r', endpoint(operation.server)];
    case 'set-timeouts':
      return timeoutArguments(operation.timeouts);
    case 'start-daemon':
      return ['--start-daemon', ...daemonArguments(operation.daemon)];
    case 'stop-daemon':
      return ['--stop-daemon', operation.role, '--syncid', String(operation.syncId)];
  }
}

const PROTOCOL_OPTION = { tcp: '-t', udp: '-u', sctp: '--sctp-service' } as const satisfies Record<Protocol, string>;

/** What names a service. `-6` only counts after `-f`, and resets an earlier `-M`: so both stand first. */
export function serviceArguments(address: ServiceAddress): string[] {
  if (address.kind === 'fwmark') return ['-f', String(address.mark), ...(address.family === 'ipv6' ? ['-6'] : [])];
  return [PROTOCOL_OPTION[address.protocol], formatEndpoint(address.vip, address.port)];
}

function attributeArguments(attributes: ServiceAttributes): string[] {
  const { scheduler, persistence, persistenceEngine, onePacket, schedulerFlags } = attributes;
  return [
    '-s',
    scheduler,
    // A bare `-p` is 360 seconds although the manual says 300: the number is always written.
    ...(persistence === null ? [] : ['-p', String(persistence.timeoutSeconds), '-M', String(persistence.netmask)]),
    ...(persistenceEngine === null ? [] : ['--pe', persistenceEngine]),
    ...(onePacket ? ['-o'] : []),
    ...(schedulerFlags.length === 0 ? [] : ['-b', schedulerFlags.join(',')]),
  ];
}

function serverArguments(server: RealServer): string[] {
  return [
    '-r',
    endpoint(server),
    ...forwardingArguments(server.forwarding),
    '-w',
    String(server.weight),
    '-x',
    String(server.upperThreshold),
    '-y',
    String(server.lowerThreshold),
  ];
}

function endpoint(server: { readonly address: string; readonly port: number }): string {
  return formatEndpoint(server.address, server.port);
}

function forwardingArguments(forwarding: Forwarding): string[] {
  if (forwarding.method === 'nat') return ['-m'];
  if (forwarding.method === 'dr') return ['-g'];
  const { tunnel } = forwarding;
  return [
    '-i',
    '--tun-type',
    tunnel.type,
    ...(tunnel.type === 'gue' ? ['--tun-port', String(tunnel.port)] : []),
    ...(tunnel.type === 'ipip' ? [] : [`--tun-${tunnel.checksum}`]),
  ];
}

/** `--set` takes all three; 0 leaves one as it is. */
function timeoutArguments({ tcp = 0, tcpFin = 0, udp = 0 }: Partial<Timeouts>): string[] {
  return ['--set', String(tcp), String(tcpFin), String(udp)];
}

function daemonArguments(daemon: SyncDaemon): string[] {
  return [
    daemon.role,
    '--mcast-interface',
    daemon.interface,
    '--syncid',
    String(daemon.syncId),
    ...(daemon.maxLength === 0 ? [] : ['--sync-maxlen', String(daemon.maxLength)]),
    '--mcast-group',
    daemon.group,
    '--mcast-port',
    String(daemon.port),
    '--mcast-ttl',
    String(daemon.ttl),
  ];
}
