import type { Forwarding } from '../model/table.ts';
import type { Word } from './block.ts';
import { mostCommon } from './most-common.ts';

/**
 * What follows lb_kind or lvs_method. Upper case: keepalived reads `dr` as a mistake and takes NAT
 * (check_parser.c: svr_forwarding_handler).
 */
export function forwardingWords(forwarding: Forwarding): readonly Word[] {
  if (forwarding.method !== 'tun') return [forwarding.method.toUpperCase()];
  const { tunnel } = forwarding;
  if (tunnel.type === 'ipip') return ['TUN'];
  const port = tunnel.type === 'gue' ? ['port', tunnel.port] : [];
  return ['TUN', 'type', tunnel.type, ...port, tunnel.checksum];
}

export function sameForwarding(a: Forwarding, b: Forwarding): boolean {
  return forwardingKey(a) === forwardingKey(b);
}

/** The forwarding that most of them have; of several such, that of the first. */
export function usualForwarding(servers: readonly { readonly forwarding: Forwarding }[]): Forwarding | undefined {
  const usual = mostCommon(servers.map(({ forwarding }) => forwardingKey(forwarding)));
  return servers.find(({ forwarding }) => forwardingKey(forwarding) === usual)?.forwarding;
}

function forwardingKey(forwarding: Forwarding): string {
  return forwardingWords(forwarding).join(' ');
}
