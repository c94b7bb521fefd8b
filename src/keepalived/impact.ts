import type { Impact } from '../model/conf-change.ts';
import { sortBy } from '../model/table.ts';
import { agreementImpacts } from './impact/agreement.ts';
import type { ImpactContext } from './impact/context.ts';
import { electionImpacts } from './impact/election.ts';
import { fatesOf } from './impact/fate.ts';
import { globalImpacts } from './impact/globals.ts';
import { instancesOf } from './impact/instance.ts';
import { instanceImpacts } from './impact/instances.ts';
import { secondaryVipImpacts } from './impact/secondary-vips.ts';
import { servicesOf } from './impact/service.ts';
import { serviceImpacts } from './impact/services.ts';
import { syncGroupImpacts } from './impact/sync-groups.ts';
import { trackingImpacts } from './impact/tracking.ts';
import { vipImpacts } from './impact/vips.ts';
import type { ReadConf } from './read-conf.ts';

/**
 * What a reload of keepalived from one file to another does beside taking over the new values, the costly things first.
 * Without a file before there is nothing to lose. What could not be read is named, since it was not compared.
 */
export function reloadImpact(before: ReadConf | null, after: ReadConf, context: ImpactContext): readonly Impact[] {
  if (before === null) return [];
  return inOrder([
    ...vrrpImpacts(before, after, context),
    ...serviceImpacts(servicesOf(before), { after: servicesOf(after), context }),
    ...globalImpacts({ before, after }, context),
    ...unreadImpacts('former', before),
    ...unreadImpacts('new', after),
  ]);
}

function vrrpImpacts(before: ReadConf, after: ReadConf, context: ImpactContext): Impact[] {
  const instances = { before: instancesOf(before), after: instancesOf(after) };
  const fates = fatesOf(instances.before, instances.after);
  return [
    ...instanceImpacts(fates, context),
    ...vipImpacts({ ...instances, context }),
    ...secondaryVipImpacts(instances.before, instances.after),
    ...agreementImpacts(fates, context),
    ...electionImpacts(fates, context),
    ...trackingImpacts({ before, after, fates, context }),
    ...syncGroupImpacts({ before, after }, { fates, context }),
  ];
}

function unreadImpacts(which: 'former' | 'new', { unread }: ReadConf): Impact[] {
  return unread.map(({ line, reason }) => ({
    level: 'note',
    kind: 'not-compared',
    subject: 'keepalived.conf',
    message: `Line ${line} of the ${which} file was not compared: it ${reason}`,
  }));
}

/** By what they are about; what is about the same stays in the order of the file. A VIP of two instances is told once. */
function inOrder(impacts: readonly Impact[]): Impact[] {
  const texts = impacts.map((impact) => JSON.stringify(impact));
  const once = impacts.filter((_, index) => texts.indexOf(texts[index] ?? '') === index);
  return sortBy(once, ({ level, subject, kind }) => [level, subject, kind].join('\n'));
}
