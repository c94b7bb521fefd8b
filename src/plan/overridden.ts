import type { Desired, DesiredServer, DesiredService } from '../model/desired.ts';
import { type Override, type OverrideAction, type OverrideTarget, standingAt } from '../model/override.ts';
import { serverKey, serviceKey } from '../model/table.ts';

/**
 * What is wanted once the overrides that stand at `now` have their say: weight 0 to drain, which stays in the table; out
 * of it to disable; that weight, or that share of the spec's. They have no say in the services of keepalived.
 */
export function withOverrides(desired: Desired, overrides: readonly Override[], now: number): Desired {
  const standing = standingAt(now, overrides);
  if (standing.length === 0) return desired;
  return { ...desired, services: desired.services.map((service) => overriddenService(service, standing)) };
}

function overriddenService(service: DesiredService, standing: readonly Override[]): DesiredService {
  if (service.owner !== 'lvsctl') return service;
  const servers = service.servers.flatMap((server) => {
    const override = rulingOverride(standing, service, server);
    return override === undefined ? [server] : overriddenServer(server, override);
  });
  return { ...service, servers };
}

/**
 * Which of the overrides has the say over a real server: the strongest, so that no wish for a weight sends connections to
 * a host that somebody else drained; of equals the newest.
 */
export function rulingOverride(
  standing: readonly Override[],
  service: DesiredService,
  server: DesiredServer,
): Override | undefined {
  return standing
    .filter(({ target }) => isMeant(target, service, server))
    .reduce<Override | undefined>(
      (first, next) => (first !== undefined && STRENGTH[first.action.kind] > STRENGTH[next.action.kind] ? first : next),
      undefined,
    );
}

const STRENGTH = { disable: 3, drain: 2, weight: 1, share: 1 } as const satisfies Record<
  OverrideAction['kind'],
  number
>;

/** Whether a target means this real server of this service. */
export function isMeant(target: OverrideTarget, service: DesiredService, server: DesiredServer): boolean {
  switch (target.kind) {
    case 'server':
      return target.service === service.name && target.server === server.name;
    case 'pool':
      return target.pool === service.pool;
    case 'address':
      return target.address === server.address;
  }
}

function overriddenServer(server: DesiredServer, { id, action }: Override): DesiredServer[] {
  if (action.kind === 'disable') return [];
  const origin = { file: `override ${id}`, line: 0, column: 0 };
  const weight = overriddenWeight(server.weight, action);
  return [{ ...server, weight, fieldOrigins: { ...server.fieldOrigins, weight: origin } }];
}

/** A share of little is not nothing: only 0 % is. */
function overriddenWeight(weight: number, action: Exclude<OverrideAction, { kind: 'disable' }>): number {
  if (action.kind === 'drain') return 0;
  if (action.kind === 'weight') return action.weight;
  if (action.percent === 0 || weight === 0) return 0;
  return Math.max(1, Math.round((weight * action.percent) / 100));
}

/** A real server of a service that lvsctl writes. */
export interface MeantServer {
  readonly service: DesiredService;
  readonly server: DesiredServer;
}

/** The real servers that a target means, of those that lvsctl writes. */
export function meantServers({ services }: Desired, target: OverrideTarget): readonly MeantServer[] {
  return services
    .filter(({ owner }) => owner === 'lvsctl')
    .flatMap((service) => service.servers.map((server) => ({ service, server })))
    .filter(({ service, server }) => isMeant(target, service, server));
}

/** Which override has the say over each real server that one means: by `serviceKey` and `serverKey` with a blank between. */
export function rulingOverrides(desired: Desired, standing: readonly Override[]): ReadonlyMap<string, Override> {
  const meant = standing.flatMap(({ target }) => meantServers(desired, target));
  return new Map(
    meant.flatMap(({ service, server }) => {
      const override = rulingOverride(standing, service, server);
      return override === undefined ? [] : [[`${serviceKey(service.address)} ${serverKey(server)}`, override] as const];
    }),
  );
}

/** Those that mean none: they are kept, and come to nothing until the spec has one again. */
export function idleOverrides(desired: Desired, overrides: readonly Override[]): readonly Override[] {
  return overrides.filter(({ target }) => meantServers(desired, target).length === 0);
}
