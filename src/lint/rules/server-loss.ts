import { yaml } from '../example.ts';
import type { DesiredServer, DesiredService } from '../../model/desired.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingLost } from '../written.ts';

export const serverLoss: Rule = {
  id: 'LVS241',
  name: 'server-loss',
  severity: 'info',
  why: 'The others take the clients of a real server that fails, by their weights; what three times the load brings down takes the service down',
  harm: 'The scheduler spreads clients by weight. When the heaviest real server fails, the others get all that it had, here several times what they are used to. If they cannot carry it, their checks fail as well, one after the other, and a fault of one machine becomes an outage; on a normal day nothing shows how near that is.',
  examples: {
    bad: yaml`
      pools:
        web: { web-1: { address: 10.0.0.21, weight: 10 }, web-2: 10.0.0.22, web-3: 10.0.0.23 }
    `,
    good: yaml`
      pools:
        web: { web-1: { address: 10.0.0.21, weight: 2 }, web-2: 10.0.0.22, web-3: 10.0.0.23 }
    `,
  },
  source: 'ip_vs_wrr.c, ip_vs_wlc.c: shares by weight',
  check,
};

/** More than this many times its share is worth a word. */
const MOST = 3;

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const heaviest = heaviestOf(service);
    const rest = service.servers.reduce((sum, server) => sum + server.weight, 0) - (heaviest?.weight ?? 0);
    if (heaviest === undefined || rest === 0 || (rest + heaviest.weight) / rest <= MOST) continue;
    const places = serversIn(loaded, service);
    const base = places[0]?.written.path.slice(0, -1);
    if (base === undefined || loaded.damaged(base) || places.some((place) => settingLost(loaded, place, 'weight')))
      continue;
    const total = rest + heaviest.weight;
    const place = places.find(({ server }) => server === heaviest);
    if (place === undefined) continue;
    yield {
      path: [...place.written.path, 'weight'],
      message: `Without ${heaviest.name} every other real server of ${service.name} has ${factor(total / rest)} times its load: weight ${heaviest.weight} of ${total} is gone, and ${rest} is left`,
      hint: 'see that the others can carry it, or spread the weight',
    };
  }
}

/** Where weights are shares: with fo they are an order, with ovf a limit, and rr, lc and dh do not look at them. */
const BY_WEIGHT: readonly string[] = ['wrr', 'wlc', 'lblc', 'lblcr', 'sh', 'mh', 'sed', 'nq', 'twos'];

function heaviestOf({ scheduler, servers }: DesiredService): DesiredServer | undefined {
  // With two, it is plain that one gets what the other had.
  if (!BY_WEIGHT.includes(scheduler) || servers.length < 3) return undefined;
  return servers.reduce<DesiredServer | undefined>(
    (most, server) => (most === undefined || server.weight > most.weight ? server : most),
    undefined,
  );
}

function factor(value: number): string {
  return String(Math.round(value * 10) / 10);
}
