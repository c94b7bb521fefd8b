import { percent } from '../../model/percent.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const sorryServerUnused: Rule = {
  id: 'LVS208',
  name: 'sorry-server-unused',
  severity: 'warning',
  why: 'min_capacity keeps failed real servers in rotation, so that the quorum is never lost and the sorry server never serves',
  harm: 'Real servers that min_capacity keeps count as serving. When they alone reach the quorum, all of the pool may have failed and clients are still sent there, while the sorry server that was set up for that hour stays out.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, min_capacity: 50%, sorry_server: 10.0.0.99 }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, min_capacity: 0%, sorry_server: 10.0.0.99 }
    `,
  },
  source: 'lvsctl: min_capacity, sorry_server',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, owner, servers, availability } of loaded.desired.services) {
    const { minCapacity, sorryServer, quorum } = availability;
    if (owner !== 'lvsctl' || minCapacity === null || sorryServer === null) continue;
    const total = servers.reduce((sum, { weight }) => sum + weight, 0);
    const kept = minCapacity.share * total;
    if (kept === 0 || kept < quorum || loaded.incomplete(['services', name])) continue;
    yield {
      path: ['services', name, 'sorry_server'],
      side: 'key',
      message: `The sorry server of ${name} never serves: min_capacity ${percent(minCapacity.share)} of ${total} is the quorum already`,
      hint: 'remove min_capacity, or set it to 0%',
    };
  }
}
