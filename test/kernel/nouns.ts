import type { Persistence, RealServer, ServiceAddress, VirtualService } from '../../src/model/table.ts';

/** A virtual service on TCP port 80 of 192.0.2.1, by round robin, unless told otherwise. */
export function virtualService(given: Partial<VirtualService> = {}): VirtualService {
  return {
    address: vip('192.0.2.1'),
    scheduler: 'rr',
    schedulerFlags: [],
    persistence: null,
    persistenceEngine: null,
    onePacket: false,
    servers: [],
    ...given,
  };
}

export function vip(address: string, port = 80): ServiceAddress {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  return { kind: 'address', family, protocol: 'tcp', vip: address, port };
}

export function fwmark(mark: number, family: 'ipv4' | 'ipv6' = 'ipv4'): ServiceAddress {
  return { kind: 'fwmark', family, mark };
}

/** A NAT server on port 80 with weight 1, unless told otherwise. */
export function realServer(address: string, given: Partial<RealServer> = {}): RealServer {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const attributes = { forwarding: { method: 'nat' }, weight: 1, upperThreshold: 0, lowerThreshold: 0 } as const;
  return { family, address, port: 80, ...attributes, ...given };
}

export function persistent(timeoutSeconds: number, netmask: Persistence['netmask']): { persistence: Persistence } {
  return { persistence: { timeoutSeconds, netmask } };
}
