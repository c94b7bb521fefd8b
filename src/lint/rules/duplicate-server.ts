import { formatEndpoint } from '../../model/address.ts';
import { serverKey } from '../../model/table.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { serverDetails } from '../../spec/resolve-server.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { serversIn } from '../written.ts';

export const duplicateServer: Rule = {
  id: 'LVS108',
  name: 'duplicate-server',
  severity: 'error',
  why: 'The kernel has one real server per address and port in a service; the second one would overwrite the first',
  harm: 'In a service the kernel knows a real server by address and port alone. ipvsadm refuses the second one, and keepalived drops it: the pool has less capacity than it seems to have, and the weight and check of the second entry never count.',
  examples: {
    bad: yaml`
      pools:
        web:
          web-1: 10.0.0.21
          web-2: 10.0.0.21
    `,
    good: yaml`
      pools:
        web:
          web-1: 10.0.0.21
          web-2: 10.0.0.22
    `,
  },
  source: 'ip_vs_ctl.c: EEXIST; keepalived check_data.c drops the second one',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  yield* checkPools(loaded);
  for (const service of loaded.desired.services) {
    const members = serversIn(loaded, service).map(({ server, written }) => ({
      name: server.name,
      path: written.path,
      key: serverKey(server),
    }));
    yield* repeated(members, loaded);
  }
}

/** Pools that no service uses yet are read as they stand. */
function* checkPools(loaded: LoadedSpec): Iterable<Report> {
  for (const [pool, servers] of Object.entries(loaded.spec.pools ?? {})) {
    const members = Object.entries(servers).map(([name, server]) => {
      const { address, port } = serverDetails(server);
      return {
        name,
        path: ['pools', pool, name],
        key: port === undefined ? address.text : formatEndpoint(address.text, port),
      };
    });
    yield* repeated(members, loaded);
  }
}

interface Member {
  readonly name: string;
  readonly path: Path;
  readonly key: string;
}

function* repeated(members: readonly Member[], loaded: LoadedSpec): Iterable<Report> {
  const first = new Map<string, Member>();
  for (const member of members) {
    if (loaded.damaged(member.path)) continue;
    const other = first.get(member.key);
    if (other === undefined) first.set(member.key, member);
    else
      yield {
        path: member.path,
        side: 'key',
        message: `${member.name} is the same real server as ${other.name}: ${member.key}`,
        hint: 'remove one of them',
        related: [{ path: other.path, side: 'key', message: `${other.name} is here` }],
      };
  }
}
