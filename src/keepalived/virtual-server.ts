import type { Availability } from '../model/availability.ts';
import type { DesiredServer, DesiredService } from '../model/desired.ts';
import type { Forwarding, ServiceAddress } from '../model/table.ts';
import { type Block, block, optional, present, raw, type Statement, statement, type Word } from './block.ts';
import { timerStatements, usualTimers } from './check-timers.ts';
import { forwardingWords, usualForwarding } from './forwarding-words.ts';
import { endpointWords, methodStatement, realServer } from './real-server.ts';
import { scriptStatement } from './script-statement.ts';

/**
 * A service as keepalived writes it into the kernel. What keepalived would guess otherwise is always said: without a
 * protocol it takes UDP, without lb_kind NAT. The order counts: flags after their scheduler, servers after lb_kind, what
 * belongs to the sorry server after it (check_parser.c).
 */
export function virtualServer(service: DesiredService): Block {
  const { availability, servers } = service;
  const timers = usualTimers(servers.map(({ check }) => check));
  const forwarding = usualForwarding(servers);
  return block(
    ['virtual_server', ...addressWords(service.address)],
    [
      ...protocolStatement(service.address),
      statement('lb_algo', service.scheduler),
      ...service.schedulerFlags.map((flag) => statement(flag)),
      ...(forwarding === undefined ? [] : [statement('lb_kind', ...forwardingWords(forwarding))]),
      ...persistenceStatements(service),
      ...present('ops', service.onePacket),
      ...timerStatements(timers),
      ...availabilityStatements(availability),
      ...sorryStatements(availability.sorryServer, forwarding),
      ...servers.map((server) => realServer(server, { forwarding, timers, notify: availability.notify })),
      ...raw(service.extra),
    ],
    service.origin,
  );
}

function addressWords(address: ServiceAddress): readonly Word[] {
  return address.kind === 'fwmark' ? ['fwmark', address.mark] : [address.vip, address.port];
}

/**
 * A mark has no protocol, and keepalived warns of one. It has a family, which keepalived takes from the real servers
 * otherwise, and those of a tunnel may have the other one (check_parser.c: vs_end_handler).
 */
function protocolStatement(address: ServiceAddress): Statement[] {
  if (address.kind === 'address') return [statement('protocol', address.protocol.toUpperCase())];
  return [statement('ip_family', address.family === 'ipv4' ? 'inet' : 'inet6')];
}

function persistenceStatements({ persistence, persistenceEngine }: DesiredService): Statement[] {
  if (persistence === null) return [];
  return [
    statement('persistence_timeout', persistence.timeoutSeconds),
    statement('persistence_granularity', persistence.netmask),
    ...optional('persistence_engine', persistenceEngine),
  ];
}

function availabilityStatements({ quorum, hysteresis, alpha, omega, notify }: Availability): Statement[] {
  return [
    ...(quorum === 1 ? [] : [statement('quorum', quorum)]),
    ...(hysteresis === 0 ? [] : [statement('hysteresis', hysteresis)]),
    ...present('alpha', alpha),
    ...present('omega', omega),
    ...scriptStatement('quorum_up', notify.quorumUp, notify.user),
    ...scriptStatement('quorum_down', notify.quorumDown, notify.user),
  ];
}

/** With quiesce it stays in the table at weight 0 while it is not needed, so that its connections go on. */
function sorryStatements(server: DesiredServer | null, said: Forwarding | undefined): Statement[] {
  if (server === null) return [];
  return [
    statement('sorry_server', ...endpointWords(server)),
    ...methodStatement('sorry_server_lvs_method', server.forwarding, said),
    ...present('sorry_server_inhibit', server.check?.onFailure === 'quiesce'),
  ];
}
