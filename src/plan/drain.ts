import type { ConnectionCount } from '../model/live.ts';
import type { DrainIntent } from '../model/state.ts';
import { type RealServer, serviceKey, type ServiceAddress } from '../model/table.ts';
import type { Manner } from './plan.ts';

/**
 * Connections in their handshake are not counted as active (ip_vs_proto_tcp.c: only ESTABLISHED is), so a server that
 * was quiesced this instant may show none and still be answering some. It is left in the table this long at least.
 */
export const SETTLE_SECONDS = 2;

export interface DrainPolicy {
  /** 0: delete at once. */
  readonly drainSeconds: number;
  readonly now: number;
}

/**
 * What to do now with a server that leaves: quiesce it (weight 0), wait, or remove it.
 *
 * The kernel's weight 0 and the journalled intent are the whole state, so the answer is the same after a restart.
 */
export function drainVerdict(
  server: RealServer,
  seen: { count: ConnectionCount; intent: DrainIntent | undefined; service: ServiceAddress },
  policy: DrainPolicy,
): Manner {
  if (policy.drainSeconds === 0 || !canQuiesce(server, seen.service)) return 'remove';
  // A drain that begins in the future is from before the clock was set back: without a new start it might never end.
  if (server.weight > 0 || (seen.intent !== undefined && seen.intent.startedAt > policy.now)) return 'quiesce';
  if (seen.intent === undefined) return 'wait';
  const waited = waitedSeconds(seen.intent, policy.now);
  if (waited >= Math.max(policy.drainSeconds, SETTLE_SECONDS)) return 'remove';
  const isIdle = seen.count.active + closingEntries(server, seen) === 0;
  return isIdle && waited >= SETTLE_SECONDS ? 'remove' : 'wait';
}

/**
 * Entries of closed connections that still matter. Under DR and TUN the director sees one direction only, and keeps a
 * closed connection as FIN_WAIT for the tcp_fin time-out; once the server is gone, a client that takes the same port
 * again has its SYN dropped on that entry (ip_vs_core.c, is_new_conn_expected: not in conn_reuse_mode 1). UDP entries
 * are never active, and live on in the same way. Under NAT the director saw both ends close, and a new SYN starts anew.
 */
export function closingEntries(
  server: RealServer,
  { count, service }: { count: ConnectionCount; service: ServiceAddress },
): number {
  const isUdp = service.kind === 'address' && service.protocol === 'udp';
  return server.forwarding.method === 'nat' && !isUdp ? 0 : count.inactive;
}

/** Never less than none: a clock may be set back. */
export function waitedSeconds(intent: DrainIntent, now: number): number {
  return Math.max(0, (now - intent.startedAt) / 1000);
}

/**
 * ipvsadm rewrites the port of a DR or TUN server to the service's on `-e` but not on `-d`, so one that somebody else
 * added under another port can be deleted but not edited (ipvsadm.c, parse of -r).
 */
export function canQuiesce(server: RealServer, service: ServiceAddress): boolean {
  return server.forwarding.method === 'nat' || service.kind === 'fwmark' || server.port === service.port;
}

export function findIntent(
  drains: readonly DrainIntent[],
  service: ServiceAddress,
  server: string,
): DrainIntent | undefined {
  const key = serviceKey(service);
  return drains.find((drain) => drain.service === key && drain.server === server);
}
