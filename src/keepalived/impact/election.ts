import type { Impact } from '../../model/conf-change.ts';
import type { ImpactContext } from './context.ts';
import type { Fate } from './fate.ts';
import type { Instance } from './instance.ts';
import { addressesOf } from './instances.ts';
import { changeText, vipsText } from './wording.ts';

/** Who is master from now on. Of the other directors only what they are to have is known, so they count with that. */
export function electionImpacts(fates: readonly Fate[], context: ImpactContext): Impact[] {
  return fates.flatMap((fate) =>
    fate.kind === 'kept' ? [...priorityImpacts(fate, context), ...preemptionImpacts(fate)] : [],
  );
}

function priorityImpacts(
  { before, after }: { before: Instance; after: Instance },
  context: ImpactContext,
): readonly Impact[] {
  if (before.priority === after.priority) return [];
  const [was, is] = [firstDirectors(before, context), firstDirectors(after, context)];
  const change = `${changeText('priority', String(before.priority), String(after.priority))} of VRRP instance ${after.name}`;
  const base = { level: 'note', subject: after.name } as const;
  if (was === is)
    return [{ ...base, kind: 'priority', message: `${change} leaves the order of its directors as it is` }];
  const comesFirst = `${change} makes ${is} come first`;
  if (!after.isPreempting)
    return [
      {
        ...base,
        kind: 'master-stays',
        message: `${comesFirst}, but with nopreempt nothing moves until the master fails`,
      },
    ];
  const message = `${comesFirst}, which takes ${vipsText(addressesOf(after))}`;
  return [{ ...base, level: 'disruptive', kind: 'master-moves', message }];
}

/** The director that an instance is master on while all are well; between equals the address decides. */
export function firstDirectors({ name, priority }: Instance, { members, director }: ImpactContext): string {
  const others = (members?.(name) ?? []).filter((member) => member.director !== director);
  const all = [...others, { director, priority }];
  const highest = Math.max(...all.map((member) => member.priority));
  return all.flatMap((member) => (member.priority === highest ? [member.director] : [])).join(' or ');
}

function preemptionImpacts({ before, after }: { before: Instance; after: Instance }): readonly Impact[] {
  if (before.isPreempting === after.isPreempting) return [];
  const message = after.isPreempting
    ? `VRRP instance ${after.name} takes its VIPs from a master of lower priority at once from now on, also right after this reload`
    : `VRRP instance ${after.name} leaves its VIPs with a master of lower priority from now on`;
  return [{ level: 'note', kind: 'preemption', subject: after.name, message }];
}
