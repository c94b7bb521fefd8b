import { PLAIN_AVAILABILITY } from '../../src/model/availability.ts';
import type { Desired, DesiredServer, DesiredService } from '../../src/model/desired.ts';
import type { Family } from '../../src/model/address.ts';
import { NO_KEEPALIVED } from '../../src/model/keepalived.ts';
import type { LiveTable } from '../../src/model/live.ts';
import { emptyState, type State } from '../../src/model/state.ts';
import {
  type RealServer,
  type ServiceAddress,
  serverKey,
  serviceKey,
  sortServices,
  type VirtualService,
} from '../../src/model/table.ts';
import { makePlan, type PlanInput } from '../../src/plan/make-plan.ts';
import { NO_PERMISSIONS, type Permissions } from '../../src/plan/guard.ts';
import type { Plan } from '../../src/plan/plan.ts';

/** Short words for tables, so that a test reads as its claim. */

/** A service to be wanted, with as much of a name and a place as the test cares for. */
export type Sketch = VirtualService &
  Partial<Omit<DesiredService, 'servers'>> & { readonly servers: readonly (RealServer & Partial<DesiredServer>)[] };

export function tcp(vip: string, port = 80): ServiceAddress {
  return { kind: 'address', family: familyOf(vip), protocol: 'tcp', vip, port };
}

function familyOf(address: string): Family {
  return address.includes(':') ? 'ipv6' : 'ipv4';
}

export function fwmark(mark: number): ServiceAddress {
  return { kind: 'fwmark', family: 'ipv4', mark };
}

export function server(address: string, weight = 1, rest: Partial<RealServer> = {}): RealServer {
  return {
    family: familyOf(address),
    address,
    port: 80,
    forwarding: { method: 'nat' },
    weight,
    upperThreshold: 0,
    lowerThreshold: 0,
    ...rest,
  };
}

export function service(
  address: ServiceAddress,
  servers: readonly RealServer[],
  rest: Partial<VirtualService> = {},
): VirtualService {
  return {
    address,
    scheduler: 'wlc',
    schedulerFlags: [],
    persistence: null,
    persistenceEngine: null,
    onePacket: false,
    servers,
    ...rest,
  };
}

export function desired(services: readonly Sketch[], rest: Partial<Desired> = {}): Desired {
  return {
    cluster: null,
    generation: null,
    services: sortServices(services.map((one, index) => named(one, index + 1))),
    timeouts: null,
    syncDaemons: null,
    guards: { maxRemove: 0.3, maxRemoveServices: 0.3 },
    heldVips: null,
    directors: [],
    keepalived: NO_KEEPALIVED,
    ...rest,
  };
}

function named(one: Sketch, number: number): DesiredService {
  const origin = { file: 'spec.lvs.yaml', line: number * 10, column: 3 };
  const servers = one.servers.map(
    (real, index): DesiredServer => ({
      name: `rs-${index + 1}`,
      origin: { ...origin, line: origin.line + index + 1 },
      fieldOrigins: {},
      check: null,
      extra: [],
      ...real,
    }),
  );
  const rest = { fieldOrigins: {}, drainSeconds: 300, availability: PLAIN_AVAILABILITY, pool: null, extra: [] };
  return { name: `service-${number}`, owner: 'lvsctl', origin, ...rest, ...one, servers };
}

export function live(
  services: readonly VirtualService[],
  { active = {}, ...rest }: { active?: Readonly<Record<string, number>> } & Partial<Omit<LiveTable, 'services'>> = {},
): LiveTable {
  const connections = new Map(
    services.map((one) => [
      serviceKey(one.address),
      new Map(one.servers.map((real) => [serverKey(real), { active: active[serverKey(real)] ?? 0, inactive: 0 }])),
    ]),
  );
  return { services: sortServices(services), connections, unread: [], timeouts: null, syncDaemons: null, ...rest };
}

/** Everything that is live in `services` was made by lvsctl. */
export function owning(services: readonly VirtualService[], rest: Partial<State> = {}): State {
  return {
    ...emptyState,
    owned: services.map((one, index) => ({ key: serviceKey(one.address), name: `service-${index + 1}` })),
    ...rest,
  };
}

export function plan(
  before: readonly VirtualService[],
  after: readonly Sketch[],
  rest: Partial<Omit<PlanInput, 'permissions'>> & { permissions?: Partial<Permissions> } = {},
): Plan {
  return makePlan({
    live: live(before),
    desired: desired(after),
    state: owning(before),
    now: 0,
    ...rest,
    permissions: { ...NO_PERMISSIONS, ...rest.permissions },
  });
}

/** The calls of a plan in short: `add-service tcp 192.0.2.1:80`. */
export function calls({ steps }: Plan): string[] {
  return steps.map(({ operation }) => {
    if (!('service' in operation)) return operation.op;
    const at = serviceKey(operation.service);
    return 'server' in operation ? `${operation.op} ${at} ${serverKey(operation.server)}` : `${operation.op} ${at}`;
  });
}
