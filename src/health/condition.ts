import type { Desired, DesiredServer, DesiredService } from '../model/desired.ts';
import { checkKey, type Verdict, type Verdicts, type WeightWish } from '../model/verdict.ts';

/** How a real server is, by its own checks and by what its service depends on. */
export type Condition =
  | { readonly kind: 'well'; readonly since: number | null; readonly wish: WeightWish | null; readonly detail: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'failed'; readonly since: number; readonly detail: string };

export type ConditionOf = (service: DesiredService, server: DesiredServer) => Condition;

/** Conditions over a whole spec, since services may depend on each other. */
export function conditions({ services }: Desired, verdicts: Verdicts): ConditionOf {
  const byName = new Map(services.map((service) => [service.name, service]));
  const own: ConditionOf = (service, server) => ownCondition(server, verdicts.get(checkKey(service.address, server)));
  // lint refuses circles; a service that is on its way already judges by its own checks.
  const judge = (service: DesiredService, server: DesiredServer, onTheWay: readonly string[]): Condition => {
    const condition = own(service, server);
    if (condition.kind === 'failed' || onTheWay.includes(service.name)) return condition;
    const way = [...onTheWay, service.name];
    const lost = service.availability.dependsOn.flatMap((name) => {
      const other = byName.get(name);
      return other === undefined ? [] : lossOf(other, server, (one) => judge(other, one, way));
    });
    return lost[0] ?? condition;
  };
  return (service, server) => judge(service, server, []);
}

function ownCondition({ check }: DesiredServer, verdict: Verdict | undefined): Condition {
  if (check === null) return { kind: 'well', since: null, wish: null, detail: '' };
  if (verdict === undefined || verdict.kind === 'unknown') return { kind: 'unknown' };
  const { since, detail } = verdict;
  return verdict.kind === 'up'
    ? { kind: 'well', since, wish: verdict.weight, detail }
    : { kind: 'failed', since, detail };
}

type Failed = Condition & { kind: 'failed' };

/** What a server loses by a service it depends on: by the one of its own address there, else by that service's quorum. */
function lossOf(
  other: DesiredService,
  { address }: DesiredServer,
  conditionOf: (server: DesiredServer) => Condition,
): Failed[] {
  const detail = `depends on ${other.name}`;
  const same = other.servers.filter((server) => server.address === address);
  const failed = (same.length > 0 ? same : other.servers).flatMap((server) => {
    const condition = conditionOf(server);
    return condition.kind === 'failed' ? [{ server, condition }] : [];
  });
  const since = failed.reduce((last, { condition }) => Math.max(last, condition.since), 0);
  const [first] = failed;
  if (first === undefined) return [];
  if (same.length > 0) return [{ kind: 'failed', since, detail: `${detail}: ${first.condition.detail}` }];
  const lost = failed.reduce((sum, { server }) => sum + server.weight, 0);
  const left = other.servers.reduce((sum, { weight }) => sum + weight, 0) - lost;
  if (left >= other.availability.quorum) return [];
  return [{ kind: 'failed', since, detail: `${detail}, which is below its quorum` }];
}
