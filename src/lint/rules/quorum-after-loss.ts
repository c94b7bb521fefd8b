import { yaml } from '../example.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn, settingLost } from '../written.ts';

export const quorumAfterLoss: Rule = {
  id: 'LVS242',
  name: 'quorum-after-loss',
  severity: 'warning',
  why: 'Below its quorum a service with a sorry server sends no client to the real servers that still work: the sorry server gets all of them',
  harm: 'A service whose working real servers have less weight together than its quorum less hysteresis has lost it. The sorry server then gets every new client: keepalived removes the real servers that still work, with the connections they have, and lvsctl gives them weight 0. Without a sorry server they stay, and keepalived runs quorum_down. The quorum is met while all is well, so the first failure of one machine is what shows it.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, quorum: 2, sorry_server: 10.0.0.99 }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, quorum: 1, sorry_server: 10.0.0.99 }
    `,
  },
  source: 'keepalived ipwrapper.c update_quorum_state; acassen/keepalived#490, #1370, #1816',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const { name, servers, availability } = service;
    const { quorum, hysteresis } = availability;
    if (servers.length < 2 || quorum === 1) continue;
    const places = serversIn(loaded, service);
    const base = places[0]?.written.path.slice(0, -1);
    if (base === undefined || loaded.damaged(base) || places.some((place) => settingLost(loaded, place, 'weight')))
      continue;
    const total = servers.reduce((sum, { weight }) => sum + weight, 0);
    const heaviest = servers.reduce((most, server) => (server.weight > most.weight ? server : most));
    // It is lost below quorum less hysteresis; a quorum that all of them cannot reach is a finding of its own.
    const least = quorum - hysteresis;
    const isReachable = quorum + hysteresis <= total && hysteresis < quorum;
    if (!isReachable || total - heaviest.weight >= least) continue;
    yield {
      path: ['services', name, 'quorum'],
      message: `The failure of ${heaviest.name} alone takes ${name} below its quorum: ${total} less ${heaviest.weight} is ${total - heaviest.weight}, and it needs ${least}`,
      hint: `use ${Math.max(1, total - heaviest.weight)} at most, so that one may fail`,
    };
  }
}
