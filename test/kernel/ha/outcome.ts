import type { Failures } from '../../../src/lint/failover/failure.ts';
import type { Holding } from '../../../src/lint/failover/simulate.ts';
import type { VrrpInstance } from '../../../src/model/vrrp.ts';
import type { HaDirector, VrrpStanding } from '../../lab/ha-director.ts';

/** Who has the VIPs of an instance, and how each of its directors stands: a line each. */
export type Outcome = readonly string[];

/** As the simulation says. */
export function predictedOutcome({ instance, holders, standings }: Holding): Outcome {
  return [
    holdersLine(instance, holders),
    ...standings.map(({ director, state, priority }) =>
      standingLine(instance, { director, standing: state === 'gone' ? undefined : { state, priority } }),
    ),
  ];
}

/** As the interfaces of the directors that are alive show, and as keepalived thinks there. */
export async function seenOutcome(
  instances: readonly VrrpInstance[],
  { alive, failures }: { alive: readonly HaDirector[]; failures: Failures },
): Promise<Outcome> {
  const found = await Promise.all(alive.map(async (host) => ({ host, standings: await host.vrrpStandings() })));
  return instances.flatMap(({ name, vips, members }) => {
    const here = members.map(({ director, interface: own }) => ({
      director,
      standing: found.find(({ host }) => host.name === director)?.standings[name],
      isHolder: vips.every(
        ({ address, interface: device }) =>
          !failures.isInterfaceDown(director, device ?? own ?? '') &&
          alive.some((host) => host.name === director && host.holds(address.text)),
      ),
    }));
    const holders = here.filter(({ isHolder }) => isHolder).map(({ director }) => director);
    return [holdersLine(name, holders), ...here.map((one) => standingLine(name, one))];
  });
}

function holdersLine(instance: string, holders: readonly string[]): string {
  return `${instance} is held by ${holders.join(' and ') || 'nobody'}`;
}

/** A priority says nothing at fault. */
function standingLine(
  instance: string,
  { director, standing }: { director: string; standing: VrrpStanding | undefined },
): string {
  const { state, priority } = standing ?? { state: 'gone', priority: 0 };
  const election = state === 'master' || state === 'backup' ? ` with priority ${priority}` : '';
  return `${instance} on ${director}: ${state}${election}`;
}
