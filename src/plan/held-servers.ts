import type { ConnectionCount, LiveTable } from '../model/live.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import type { MeantServer } from './overridden.ts';

/** A real server that a decision is about. */
export interface HeldServer {
  /** `web/web-2` */
  readonly label: string;
  /** `10.0.0.2:80` */
  readonly address: string;
  /** Its weight before and now; null: it is not in the table. */
  readonly before: number | null;
  readonly weight: number | null;
  readonly connections: ConnectionCount;
  /** Connections to wait for: the active ones, and of UDP all, since those are never active. */
  readonly open: number;
  /** How long its service lets servers drain, at most. */
  readonly drainSeconds: number;
}

/** Who goes on taking connections of a service. */
export interface ServingLeft {
  readonly service: string;
  readonly servers: number;
  /** Real servers that the spec has. */
  readonly of: number;
  /** Their share of the weight in the spec, 0..1; more where hands gave more. */
  readonly share: number;
}

export function heldServers(
  meant: readonly MeantServer[],
  { before, live }: { before: LiveTable; live: LiveTable },
): readonly HeldServer[] {
  const [weightBefore, weightNow] = [before, live].map(weightsIn);
  return meant.map(({ service, server }) => {
    const [service_, address] = [serviceKey(service.address), serverKey(server)];
    const connections = live.connections.get(service_)?.get(address) ?? { active: 0, inactive: 0 };
    const isUdp = service.address.kind === 'address' && service.address.protocol === 'udp';
    return {
      label: `${service.name}/${server.name}`,
      address,
      before: weightBefore?.(service_, address) ?? null,
      weight: weightNow?.(service_, address) ?? null,
      connections,
      open: connections.active + (isUdp ? connections.inactive : 0),
      drainSeconds: service.drainSeconds,
    };
  });
}

export function servingLeft(meant: readonly MeantServer[], live: LiveTable): readonly ServingLeft[] {
  const weight = weightsIn(live);
  return [...new Set(meant.map(({ service }) => service))].map((service) => {
    const weights = service.servers.map((server) => weight(serviceKey(service.address), serverKey(server)) ?? 0);
    const wanted = service.servers.reduce((sum, server) => sum + server.weight, 0);
    return {
      service: service.name,
      servers: weights.filter((one) => one > 0).length,
      of: service.servers.length,
      share: wanted === 0 ? 0 : weights.reduce((sum, one) => sum + one, 0) / wanted,
    };
  });
}

function weightsIn({ services }: LiveTable): (service: string, server: string) => number | undefined {
  const weights = new Map(
    services.flatMap(({ address, servers }) =>
      servers.map((server) => [`${serviceKey(address)} ${serverKey(server)}`, server.weight] as const),
    ),
  );
  return (service, server) => weights.get(`${service} ${server}`);
}
