import { serve } from '../health/serve.ts';
import type { DesiredServer, DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import { type CaseInput, type Comparison, listOf } from './case.ts';
import { givenVerdicts } from './given-verdicts.ts';

/** Which real servers get new connections of each service that somebody asks for. */
export function compareServing(input: CaseInput): Comparison {
  const byName = servingByName(input);
  const rows = Object.entries(input.given.expect.serving ?? {}).map(([name, wanted]) => {
    const names = (byName.get(name) ?? []).map((server) => server.name);
    return { expected: serving(name, listOf(wanted)), seen: serving(name, names) };
  });
  return { expected: rows.map(({ expected }) => expected), seen: rows.map(({ seen }) => seen) };
}

/** From good times on, where all of the spec serves. */
function servingByName({ loaded, given }: CaseInput): ReadonlyMap<string, readonly DesiredServer[]> {
  const { desired } = loaded;
  const down = new Set(
    Object.entries(given.health ?? {}).flatMap(([label, verdict]) => (verdict === 'down' ? [label] : [])),
  );
  const live: LiveTable = { ...EMPTY, services: desired.services };
  const { services } = serve(desired, { verdicts: givenVerdicts(given, desired), live, spec: desired, now: 0 });
  return new Map(
    services.map((service) => {
      const servers = service.owner === 'lvsctl' ? service.servers : servedByKeepalived(service, down);
      return [service.name, servers.filter(({ weight }) => weight > 0)] as const;
    }),
  );
}

const EMPTY: LiveTable = { services: [], connections: new Map(), unread: [], timeouts: null, syncDaemons: null };

/**
 * keepalived takes out what is down, and everything for the sorry server once the weight that is left is below quorum by
 * more than hysteresis (check_data.c, ipwrapper.c update_quorum_state).
 */
function servedByKeepalived(service: DesiredService, down: ReadonlySet<string>): readonly DesiredServer[] {
  const isUp = ({ name, check }: DesiredServer) => check === null || !down.has(`${service.name}/${name}`);
  const left = service.servers.filter(isUp);
  const { quorum, hysteresis, sorryServer } = service.availability;
  const weight = left.reduce((sum, server) => sum + server.weight, 0);
  return weight < quorum - hysteresis && sorryServer !== null ? [sorryServer] : left;
}

function serving(name: string, servers: readonly string[]): string {
  return `${name}: ${servers.length === 0 ? 'none' : [...servers].sort().join(', ')}`;
}
