import type { Availability, MinCapacity, SlowStart } from '../model/availability.ts';
import type { DesiredServer, DesiredService } from '../model/desired.ts';
import type { Origin } from '../model/origin.ts';
import { type Persistence, type ServiceAddress, sortBy } from '../model/table.ts';
import { camel } from './camel.ts';
import type { Path } from './place.ts';
import type { OriginAt } from './resolve.ts';
import { inheritedSettings, resolveServer, type ServerContext } from './resolve-server.ts';
import type { Spec } from './schema.ts';
import type { ServerSpec, ServiceSpec } from './schema/services.ts';

const DEFAULT_DRAIN_SECONDS = 300;
/** `ipvsadm -p` without a number: 6 * 60 in its code, whatever its manual says. */
const DEFAULT_PERSISTENCE_SECONDS = 360;
/** Of a slow start. */
const DEFAULT_STEPS = 10;

export interface ResolveContext {
  readonly spec: Spec;
  readonly originAt: OriginAt;
}

/** One service, or undefined while it lacks what makes it a service: a VIP with a port, or a mark. */
export function resolveService(name: string, context: ResolveContext): DesiredService | undefined {
  const service = context.spec.services?.[name];
  const address = service === undefined ? undefined : serviceAddress(service);
  if (service === undefined || address === undefined) return undefined;
  const { spec, originAt } = context;
  const inherited = inheritedSettings({ path: ['services', name], service }, context);
  const forServers = { ...context, address, inherited };
  const scheduler = service.scheduler ?? spec.defaults?.scheduler ?? 'wlc';
  return {
    name,
    address,
    owner: service.owner ?? spec.defaults?.owner ?? 'lvsctl',
    scheduler,
    schedulerFlags: resolveFlags(service.scheduler_flags ?? [], scheduler),
    persistence: resolvePersistence(service, address),
    persistenceEngine: service.persistence?.engine ?? null,
    onePacket: service.one_packet ?? false,
    drainSeconds: service.drain ?? spec.defaults?.drain ?? DEFAULT_DRAIN_SECONDS,
    origin: originAt(['services', name]),
    fieldOrigins: serviceOrigins(name, context),
    pool: service.servers === undefined ? (service.pool ?? null) : null,
    servers: resolveServers(name, forServers),
    availability: resolveAvailability({ name, service }, forServers),
    extra: service.extra ?? [],
  };
}

/** The identity of a service as the kernel sees it. */
export function serviceAddress(service: ServiceSpec): ServiceAddress | undefined {
  if (service.fwmark !== undefined) return { kind: 'fwmark', family: service.family ?? 'ipv4', mark: service.fwmark };
  if (service.vip === undefined || service.port === undefined) return undefined;
  const { family, text } = service.vip;
  return { kind: 'address', family, protocol: service.protocol ?? 'tcp', vip: text, port: service.port };
}

/** sh and mh have names for the first two bits, which ipvsadm prints (ipvsadm.c, print_sched_flags). */
function resolveFlags(flags: readonly string[], scheduler: string): string[] {
  const names: Readonly<Record<string, string>> =
    scheduler === 'sh' || scheduler === 'mh'
      ? { 'flag-1': `${scheduler}-fallback`, 'flag-2': `${scheduler}-port` }
      : {};
  return [...new Set(flags.map((flag) => names[flag] ?? flag))].sort();
}

function resolvePersistence({ persistence }: ServiceSpec, { family }: ServiceAddress): Persistence | null {
  if (persistence === undefined) return null;
  const everyClient = family === 'ipv4' ? '255.255.255.255' : 128;
  return {
    timeoutSeconds: persistence.timeout ?? DEFAULT_PERSISTENCE_SECONDS,
    netmask: persistence.netmask ?? everyClient,
  };
}

function resolveServers(name: string, context: ServerContext): DesiredServer[] {
  const servers = serversOf(context.spec, name).map((written) => resolveServer(written, context));
  // sortServices puts them in order by address; of two with one, which is an error, the name decides.
  return sortBy(servers, (server) => server.name);
}

/** What it has to do when its real servers fail. */
function resolveAvailability(
  { name, service }: { name: string; service: ServiceSpec },
  context: ServerContext,
): Availability {
  const { sorry_server: server } = service;
  const written = server && { name: 'sorry_server', path: ['services', name, 'sorry_server'], server };
  return {
    quorum: service.quorum ?? 1,
    hysteresis: service.hysteresis ?? 0,
    sorryServer: written ? resolveServer(written, context) : null,
    alpha: service.alpha ?? false,
    omega: service.omega ?? false,
    notify: camel(service.notify ?? {}),
    minCapacity: resolveMinCapacity(service.min_capacity ?? context.spec.defaults?.min_capacity),
    slowStart: resolveSlowStart(service.slow_start ?? context.spec.defaults?.slow_start),
    dependsOn: service.depends_on ?? [],
  };
}

function resolveMinCapacity(written: ServiceSpec['min_capacity']): MinCapacity | null {
  if (written === undefined) return null;
  return typeof written === 'number'
    ? { share: written, of: 'enabled' }
    : { share: written.share, of: written.of ?? 'enabled' };
}

function resolveSlowStart(written: ServiceSpec['slow_start']): SlowStart | null {
  if (written === undefined) return null;
  const { time, steps } = typeof written === 'number' ? { time: written, steps: undefined } : written;
  return { seconds: time, steps: steps ?? DEFAULT_STEPS };
}

/** A real server as the spec has it, with the path it is written at. */
export interface WrittenServer {
  readonly name: string;
  readonly path: Path;
  readonly server: ServerSpec;
}

/** The real servers of a service, from its pool or its own list; none when the pool is not there. */
export function serversOf(spec: Spec, serviceName: string): readonly WrittenServer[] {
  const service = spec.services?.[serviceName];
  const fromPool = service?.servers === undefined && service?.pool !== undefined;
  const base: Path = fromPool ? ['pools', service.pool ?? ''] : ['services', serviceName, 'servers'];
  const servers = fromPool ? spec.pools?.[service.pool ?? ''] : service?.servers;
  return Object.entries(servers ?? {}).map(([name, server]) => ({ name, path: [...base, name], server }));
}

/** The key a value is written under, by the name of the attribute it becomes. */
const SERVICE_KEYS = {
  scheduler: ['scheduler'],
  schedulerFlags: ['scheduler_flags'],
  persistence: ['persistence'],
  persistenceEngine: ['persistence', 'engine'],
  onePacket: ['one_packet'],
} as const;

function serviceOrigins(name: string, { spec, originAt }: ResolveContext): Record<string, Origin> {
  const service = spec.services?.[name];
  const own = Object.entries(SERVICE_KEYS)
    .filter(([, keys]) => has(service, keys))
    .map(([attribute, keys]) => [attribute, originAt(['services', name, ...keys])] as const);
  const scheduler = service?.scheduler === undefined && spec.defaults?.scheduler !== undefined;
  return {
    ...Object.fromEntries(own),
    ...(scheduler ? { scheduler: originAt(['defaults', 'scheduler']) } : {}),
  };
}

function has(value: unknown, keys: readonly string[]): boolean {
  const found = keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], value);
  return found !== undefined;
}
