import { serverKey } from '../../model/table.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn } from '../written.ts';

export const sorryServerDuplicate: Rule = {
  id: 'LVS146',
  name: 'sorry-server-duplicate',
  severity: 'warning',
  why: 'A sorry server takes over when real servers fail, and is not checked; one of them may be the one that failed',
  harm: 'The sorry server gets all clients when the real servers failed, and nobody checks it. When it is one of them, it may well be the one that failed, and it has to carry everything alone.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, sorry_server: 10.0.0.21 }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, sorry_server: 10.0.0.99 }
    `,
  },
  source: 'keepalived check_data.c: "real server matches sorry server"',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const service of loaded.desired.services) {
    const { sorryServer } = service.availability;
    const twin = serversIn(loaded, service).find(
      ({ server }) => sorryServer !== null && serverKey(server) === serverKey(sorryServer),
    );
    if (sorryServer === null || twin === undefined) continue;
    yield {
      path: ['services', service.name, 'sorry_server'],
      message: `The sorry server of ${service.name} is its real server ${twin.server.name}: ${serverKey(sorryServer)}`,
      hint: 'use another one, or another port',
      related: [{ path: twin.written.path, side: 'key', message: `${twin.server.name} is here` }],
    };
  }
}
