import { formatEndpoint } from '../../model/address.ts';
import type { Use } from '../../needs/real-server-hosts.ts';
import type { Listener } from '../facts.ts';
import { type NotSeen, notSeen, type Report, type Rule, type ServingHost } from '../rule.ts';

export const notListening: Rule<ServingHost> = {
  id: 'DOC507',
  name: 'not-listening',
  severity: 'error',
  why: 'Clients that are sent here are refused; a check of the real server address may even succeed while the VIP does not answer',
  source: 'proc(5): /proc/net/tcp',
  check,
};

function* check(host: ServingHost): Iterable<Report | NotSeen> {
  const { listeners } = host.facts;
  const ends = host.server.uses.flatMap(endOf);
  if (ends.length === 0) return;
  if (!listeners.known) return yield* notSeen(listeners);
  const reported = new Set<string>();
  for (const end of ends) {
    const text = `${end.protocol} ${formatEndpoint(end.address, end.port)}`;
    if (listeners.value.some((listener) => takes(listener, end)) || reported.has(text)) continue;
    reported.add(text);
    const elsewhere = listeners.value.filter(({ protocol, port }) => protocol === end.protocol && port === end.port);
    yield {
      seen:
        elsewhere.length === 0
          ? `Nothing listens at ${text}`
          : `At ${end.protocol} port ${end.port} a program listens on ${elsewhere.map(({ address }) => address).join(', ')} alone`,
      wanted: `A program at ${text}, or on all addresses, for ${end.service}`,
      advice: `Start the program of ${end.service}, or let it listen there: ss -ln shows what listens`,
    };
  }
}

interface End extends Listener {
  readonly service: string;
}

/** Where packets for a use arrive; nothing for what has no one port, or is SCTP, which /proc does not show so. */
function endOf({ service: { name, address }, server }: Use): End[] {
  if (address.kind === 'fwmark' || address.protocol === 'sctp') return [];
  const isNat = server.forwarding.method === 'nat';
  const [host, port] = isNat ? [server.address, server.port] : [address.vip, address.port];
  return port === 0 ? [] : [{ service: name, protocol: address.protocol, address: host, port }];
}

function takes(listener: Listener, { protocol, port, address }: End): boolean {
  const fitting = ['*', address.includes(':') ? '::' : '0.0.0.0', address];
  return listener.protocol === protocol && listener.port === port && fitting.includes(listener.address);
}
