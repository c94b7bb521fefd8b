import { serve } from '../health/serve.ts';
import type { Desired, DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import type { ServingService } from '../model/standing.ts';
import { serverKey, serviceKey } from '../model/table.ts';
import type { Verdicts } from '../model/verdict.ts';
import type { ServerStanding } from './plan.ts';

interface Moment {
  /** What is wanted, with what operators decided. */
  readonly desired: Desired;
  /** The spec without that. */
  readonly spec: Desired;
  readonly live: LiveTable;
  /** Undefined: nobody checks. */
  readonly verdicts?: Verdicts | undefined;
  readonly now: number;
}

/** Services as they are to be in the kernel now. */
export function servingNow(
  mine: readonly DesiredService[],
  { desired, spec, live, verdicts, now }: Moment,
): readonly (DesiredService | ServingService)[] {
  if (verdicts === undefined) return mine;
  const ours = new Set(mine.map(({ address }) => serviceKey(address)));
  const { services } = serve(desired, { verdicts, live, now, spec });
  return services.filter(({ address }) => ours.has(serviceKey(address)));
}

/** Those real servers that checks have a say about. */
export function standingsOf(services: readonly (DesiredService | ServingService)[]): ServerStanding[] {
  return services.flatMap((service) => {
    if (!('withdrawn' in service)) return [];
    return [...service.servers, ...service.withdrawn]
      .filter(({ standing }) => standing.kind !== 'in')
      .map((server) => ({
        service: serviceKey(service.address),
        server: serverKey(server),
        label: `${service.name}/${server.name}`,
        standing: server.standing,
      }));
  });
}

/** The names of those of which too little is well. */
export function belowQuorum(services: readonly (DesiredService | ServingService)[]): string[] {
  return services.flatMap((service) => ('withdrawn' in service && service.isBelowQuorum ? [service.name] : []));
}
