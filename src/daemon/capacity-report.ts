import type { Plan, ServerStanding } from '../plan/plan.ts';
import type { Log } from './log-event.ts';

/** Says when a service is short of real servers that are well, and when it is no more; each once. */
export class CapacityReport {
  private readonly log: Log;
  private short: ReadonlyMap<string, string> = new Map();

  constructor(log: Log) {
    this.log = log;
  }

  look(plan: Pick<Plan, 'standings' | 'belowQuorum'>): void {
    const now = shortages(plan);
    for (const [service, message] of now)
      if (this.short.get(service) !== message) this.log.error({ event: 'capacity', service, result: 'short' }, message);
    for (const service of this.short.keys())
      if (!now.has(service))
        this.log.info({ event: 'capacity', service, result: 'enough' }, `${service} has enough real servers again`);
    this.short = now;
  }
}

/** What is to be said of each service that is short, by its name. */
function shortages({ standings, belowQuorum }: Pick<Plan, 'standings' | 'belowQuorum'>): ReadonlyMap<string, string> {
  const kept = Map.groupBy(
    standings.filter(({ standing }) => standing.kind === 'kept'),
    ({ label }) => label.slice(0, label.lastIndexOf('/')),
  );
  return new Map([
    ...belowQuorum.map((service) => [service, `${service} is below its quorum`] as const),
    ...[...kept].map(([service, servers]) => [service, keptMessage(service, servers)] as const),
  ]);
}

function keptMessage(service: string, servers: readonly ServerStanding[]): string {
  const names = servers.map(({ label }) => label.slice(service.length + 1)).join(', ');
  return `${service} has too few real servers that are well: ${names} failed, and ${servers.length === 1 ? 'stays' : 'stay'} in rotation; is the network of the checks well?`;
}
