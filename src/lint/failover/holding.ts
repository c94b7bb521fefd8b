import type { Desired } from '../../model/desired.ts';
import { groupByInstance, keyOf, type Unit, type Voter } from './election.ts';
import type { Failures } from './failure.ts';
import type { Membership } from './followed.ts';

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
  desired: Desired,
  { units, masters, failures }: { units: readonly Unit[]; masters: ReadonlySet<string>; failures: Failures },
): readonly Holding[] {
  const places = groupByInstance(units);
  return desired.keepalived.instances.map(({ name }) => {
    const here = places.get(name) ?? [];
    const rivals = here.flatMap(({ voter }) => (masters.has(keyOf(voter)) ? [voter] : []));
    const standings = here.map((place) => standingOf(place, { rivals, failures }));
    const believing = standings.filter(({ state }) => state === 'master');
    const names = (list: readonly Standing[]) => list.map(({ director }) => director);
    return {
      instance: name,
      masters: names(believing),
      holders: names(believing.filter((one) => !one.isCutOff)),
      standings,
    };
  });
}

function standingOf(
  { unit, voter }: { unit: Unit; voter: Voter },
  { rivals, failures }: { rivals: readonly Voter[]; failures: Failures },
): Standing {
  const { membership, condition } = voter;
  const { director } = membership.member;
  return {
    director,
    ...stateOf({ unit, voter }, { rivals, failures }),
    priority: condition.priority,
    changes: condition.changes,
    isCutOff: vipDevices(membership).every((device) => failures.isInterfaceDown(director, device)),
  };
}

function stateOf(
  { unit, voter }: { unit: Unit; voter: Voter },
  { rivals, failures }: { rivals: readonly Voter[]; failures: Failures },
): Pick<Standing, 'state' | 'why'> {
  const { membership, condition } = voter;
  if (failures.isGone(membership.member.director)) return { state: 'gone', why: 'it has failed' };
  if (condition.faults.length > 0) return { state: 'fault', why: `${condition.faults.join(', ')} failed` };
  const tied = unit.find(({ isOut }) => isOut);
  if (tied !== undefined)
    return {
      state: 'fault',
      why: `${tied.membership.instance.name} of its sync group ${membership.group?.meant.name} is at fault`,
    };
  if (rivals.includes(voter)) return { state: 'master', why: whyMaster(voter, rivals) };
  return { state: 'backup', why: whyBackup(voter, rivals) };
}

function whyMaster(voter: Voter, rivals: readonly Voter[]): string {
  if (rivals.length > 1) return 'it hears no other master';
  return `it has priority ${voter.condition.priority}`;
}

function whyBackup({ membership, condition }: Voter, [master]: readonly Voter[]): string {
  const group = membership.group === null ? '' : `its sync group ${membership.group.meant.name} moves as a whole`;
  if (master === undefined) return group;
  const { director } = master.membership.member;
  const { priority } = master.condition;
  if (priority >= condition.priority) return `${director} has priority ${priority}`;
  return membership.instance.preempt ? group : `preempt: false leaves ${director} with priority ${priority} master`;
}

/** Where its VIPs are; nowhere known counts as up. */
function vipDevices({ instance, member }: Membership): readonly string[] {
  const devices = [...instance.vips, ...instance.excludedVips].map((vip) => vip.interface ?? member.interface ?? '');
  return devices.length === 0 ? [member.interface ?? ''] : devices;
}
