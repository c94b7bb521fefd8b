import type { Desired, DesiredServer, DesiredService } from '../model/desired.ts';
import type { LiveTable } from '../model/live.ts';
import type { Override, OverrideTarget } from '../model/override.ts';
import type { State } from '../model/state.ts';
import { type RealServer, serverKey, serviceKey, type VirtualService } from '../model/table.ts';
import type { Verdicts } from '../model/verdict.ts';
import type { Permissions } from './guard.ts';
import { makePlan } from './make-plan.ts';
import { isMeant, meantServers, withOverrides } from './overridden.ts';
import type { Plan } from './plan.ts';
import { servingNow } from './serving-now.ts';
import { drainsIn } from './state-part.ts';

export interface HandPlanInput {
  readonly live: LiveTable;
  readonly desired: Desired;
  readonly state: State;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly permissions: Permissions;
  /** How long a server that is disabled may drain; without it as the service says. */
  readonly drainSeconds?: number;
  /** What checks say; without it nobody checks. A server that failed does not come back by hand. */
  readonly verdicts?: Verdicts | undefined;
  /** Whom the decision is about. */
  readonly target: OverrideTarget;
  /** The overrides that stood until now, and those that stand from now on. */
  readonly before: readonly Override[];
  readonly after: readonly Override[];
}

/**
 * What one decision changes in the kernel, and nothing else: at night nobody wants the rest of a spec rolled out with a
 * drain. So its services are wanted as they are live, but for the real servers that are meant; all others count as
 * somebody else's. Guards look at that alone.
 */
export function planByHand({ desired, target, before, after, state, verdicts, ...input }: HandPlanInput): Plan {
  const meant = meantServers(desired, target);
  const servers = (overrides: readonly Override[]) => {
    const standing = withOverrides(desired, overrides, input.now);
    return serversOf(servingNow(standing.services, { ...input, verdicts, desired: standing, spec: desired }));
  };
  const [was, is] = [servers(before), servers(after)];
  const live = new Map(input.live.services.map((service) => [serviceKey(service.address), service]));
  const services = [...new Set(meant.map(({ service }) => service))].flatMap((service) => {
    const key = serviceKey(service.address);
    const known = live.get(key);
    return known === undefined ? [] : [asLive(service, known, { target, was: was(key), is: is(key) })];
  });
  const owned = state.owned.filter(({ key }) => services.some(({ address }) => serviceKey(address) === key));
  const rest = { generation: null, timeouts: null, syncDaemons: null, heldVips: null };
  return makePlan({
    ...input,
    desired: { ...desired, ...rest, services },
    state: { ...state, owned, drains: drainsIn(state, meant) },
  });
}

type Servers = ReadonlyMap<string, DesiredServer>;

function serversOf(services: readonly DesiredService[]): (service: string) => Servers {
  const all = new Map(
    services.map(({ address, servers }) => [
      serviceKey(address),
      new Map(servers.map((server) => [serverKey(server), server])),
    ]),
  );
  return (service) => all.get(service) ?? new Map();
}

interface Decision {
  readonly target: OverrideTarget;
  /** What the spec and the overrides wanted until now, and what they want from now on. */
  readonly was: Servers;
  readonly is: Servers;
}

function asLive(service: DesiredService, live: VirtualService, { target, was, is }: Decision): DesiredService {
  const inSpec = new Map(service.servers.map((server) => [serverKey(server), server]));
  const present = live.servers.flatMap((server): DesiredServer[] => {
    const known = inSpec.get(serverKey(server));
    if (known === undefined) return [nameless(server, service)];
    if (!isMeant(target, service, known)) return [{ ...known, ...server }];
    const decided = is.get(serverKey(server));
    return decided === undefined ? [] : [{ ...decided, ...server, weight: decided.weight }];
  });
  // One that is away for another reason than a decision is the spec's business.
  const returning = [...is].filter(([key, server]) => !was.has(key) && isMeant(target, service, server));
  const away = returning.filter(([key]) => !live.servers.some((server) => serverKey(server) === key));
  return { ...service, ...live, servers: [...present, ...away.map(([, server]) => server)] };
}

/** A live server that the spec does not have, such as one that drains on its way out. */
function nameless(server: RealServer, { origin }: DesiredService): DesiredServer {
  return { ...server, name: serverKey(server), origin, fieldOrigins: {}, check: null, extra: [] };
}
