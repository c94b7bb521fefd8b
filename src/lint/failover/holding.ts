import { groupByInstance, type Unit, type Voter } from './election.ts';
import type { Failures } from './failure.ts';
import type { Part, World } from './world.ts';

/** How one director stands in an instance. */
export interface Standing {
  readonly director: string;
  /** What it believes; `gone` has failed altogether. */
  readonly state: 'master' | 'backup' | 'fault' | 'gone';
  /** As its adverts say it, after everything that moves it. */
  readonly priority: number;
  /** What moved its priority, such as `track script chk -20`. */
  readonly changes: readonly string[];
  /** What makes the state so, as a clause without a full stop: a fault, the better priority, preempt, the sync group. */
  readonly why: string;
  /** All interfaces with its VIPs are down, so that it answers nobody, whatever it believes. */
  readonly isCutOff: boolean;
}

/** Who has the VIPs of an instance. */
export interface Holding {
  readonly instance: string;
  /** Directors that believe they are master: one when all is well. */
  readonly masters: readonly string[];
  /** Those of them that can be reached at their VIPs. */
  readonly holders: readonly string[];
  /** All of its directors, by name. */
  readonly standings: readonly Standing[];
}

/** What came of an election, instance by instance. */
export function holdingsOf(
  { instances }: World,
  { units, masters, failures }: { units: readonly Unit[]; masters: ReadonlySet<Part>; failures: Failures },
): readonly Holding[] {
  const places = groupByInstance(units);
  return instances.map((instance) => {
    const here = places.get(instance) ?? [];
    const rivals = here.flatMap(({ voter }) => (masters.has(voter.part) ? [voter] : []));
    const standings = here.map((place) => standingOf(place, { rivals, failures }));
    const believing = standings.filter(({ state }) => state === 'master');
    const names = (list: readonly Standing[]) => list.map(({ director }) => director);
    return {
      instance: instance.name,
      masters: names(believing),
      holders: names(believing.filter((one) => !one.isCutOff)),
      standings,
    };
  });
}

/** All interfaces with the VIPs are down. */
export function isUnreachable({ member: { director }, vipDevices }: Part, failures: Failures): boolean {
  return vipDevices.values().every((device) => failures.isInterfaceDown(director, device));
}

function standingOf(
  { unit, voter }: { unit: Unit; voter: Voter },
  { rivals, failures }: { rivals: readonly Voter[]; failures: Failures },
): Standing {
  const { part, condition } = voter;
  return {
    director: part.member.director,
    ...stateOf({ unit, voter }, { rivals, failures }),
    priority: condition.priority,
    changes: condition.changes,
    isCutOff: isUnreachable(part, failures),
  };
}

function stateOf(
  { unit, voter }: { unit: Unit; voter: Voter },
  { rivals, failures }: { rivals: readonly Voter[]; failures: Failures },
): Pick<Standing, 'state' | 'why'> {
  const { part, condition } = voter;
  if (failures.isGone(part.member.director)) return { state: 'gone', why: 'it has failed' };
  if (condition.faults.length > 0) return { state: 'fault', why: `${condition.faults.join(', ')} failed` };
  const tied = unit.find(({ isOut }) => isOut);
  if (tied !== undefined)
    return {
      state: 'fault',
      why: `${tied.part.instance.name} of its sync group ${part.group?.meant.name} is at fault`,
    };
  if (rivals.includes(voter)) return { state: 'master', why: whyMaster(voter, rivals) };
  return { state: 'backup', why: whyBackup(voter, rivals) };
}

function whyMaster(voter: Voter, rivals: readonly Voter[]): string {
  if (rivals.length > 1) return 'it hears no other master';
  return `it has priority ${voter.condition.priority}`;
}

function whyBackup({ part, condition }: Voter, [master]: readonly Voter[]): string {
  const group = part.group === null ? '' : `its sync group ${part.group.meant.name} moves as a whole`;
  if (master === undefined) return group;
  const { director } = master.part.member;
  const { priority } = master.condition;
  if (priority >= condition.priority) return `${director} has priority ${priority}`;
  return part.instance.preempt ? group : `preempt: false leaves ${director} with priority ${priority} master`;
}
