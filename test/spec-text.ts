import type { Forwarding, RealServer, VirtualService } from '../src/model/table.ts';

/** A spec that means this table: flow mappings, one line for each server, each attribute written. */
export function specText(services: readonly VirtualService[], head: Readonly<Record<string, unknown>> = {}): string {
  const lines = Object.entries(head).map(([key, value]) => `${key}: ${JSON.stringify(value)}`);
  const body = services.length === 0 ? 'services: {}' : `services:\n${services.map(serviceText).join('')}`;
  return `${['version: 1', ...lines, body].join('\n').trimEnd()}\n`;
}

function serviceText(service: VirtualService, index: number): string {
  const { address, scheduler, schedulerFlags, onePacket, servers } = service;
  const identity =
    address.kind === 'fwmark'
      ? { fwmark: address.mark, family: address.family }
      : { vip: address.vip, protocol: address.protocol, port: address.port };
  const keys = {
    ...identity,
    scheduler,
    scheduler_flags: schedulerFlags,
    ...persistenceOf(service),
    one_packet: onePacket,
  };
  const lines = Object.entries(keys).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}\n`);
  const rows = servers.map((server, at) => `      rs-${at + 1}: ${serverText(server)}\n`);
  return `  service-${index + 1}:\n${lines.join('')}    servers:\n${rows.join('')}`;
}

function persistenceOf({ persistence, persistenceEngine }: VirtualService): object {
  if (persistence === null) return {};
  const engine = persistenceEngine === null ? {} : { engine: persistenceEngine };
  return { persistence: { timeout: `${persistence.timeoutSeconds}s`, netmask: persistence.netmask, ...engine } };
}

function serverText({ address, port, forwarding, weight, upperThreshold, lowerThreshold }: RealServer): string {
  return JSON.stringify({
    address,
    port,
    forwarding: forwardingOf(forwarding),
    weight,
    upper_threshold: upperThreshold,
    lower_threshold: lowerThreshold,
  });
}

const CHECKSUM = { nocsum: 'none', csum: 'csum', remcsum: 'remcsum' } as const;

function forwardingOf(forwarding: Forwarding): unknown {
  if (forwarding.method !== 'tun') return forwarding.method;
  const { tunnel } = forwarding;
  const port = tunnel.type === 'gue' ? { port: tunnel.port } : {};
  const checksum = tunnel.type === 'ipip' ? {} : { checksum: CHECKSUM[tunnel.checksum] };
  return { tun: { type: tunnel.type, ...port, ...checksum } };
}
