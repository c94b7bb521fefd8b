import type { Advert, Fact } from '../doctor/facts.ts';
import { hearAdverts } from '../host/facts/adverts.ts';
import { answersPing } from '../host/facts/ping-answers.ts';
import type { NetnsOptions } from '../host/in-netns.ts';
import type { HandOver } from '../keepalived/hand-over.ts';
import type { SeenHolder } from '../keepalived/seen-holder.ts';

/** Looks who has the VIPs of instances that this director has let go of. */
export async function seekHolders(instances: readonly HandOver[], place: NetnsOptions): Promise<readonly SeenHolder[]> {
  const adverts = await listen(instances, place);
  return Promise.all(instances.map((instance) => seekHolder(instance, { adverts, place })));
}

/** Long enough for an advert of each master to come by. */
export function listen(instances: readonly HandOver[], place: NetnsOptions): Promise<Fact<readonly Advert[]>> {
  const longest = Math.max(...instances.map(({ advertSeconds }) => advertSeconds));
  return hearAdverts(Math.ceil(2 * longest) + 1, place);
}

async function seekHolder(
  instance: HandOver,
  { adverts, place }: { adverts: Fact<readonly Advert[]>; place: NetnsOptions },
): Promise<SeenHolder> {
  const heard = adverts.known ? adverts.value.find((advert) => isOf(advert, instance)) : undefined;
  if (heard !== undefined) return { instance, kind: 'adverts', source: heard.source.text, priority: heard.priority };
  const answers = await Promise.all(instance.vips.map((vip) => answersPing(vip, place)));
  if (answers.every((answer) => answer.known && answer.value)) return { instance, kind: 'answers' };
  const reasons = [adverts, ...answers].flatMap((fact) => (fact.known ? [] : [fact.reason]));
  return reasons.length === answers.length + 1
    ? { instance, kind: 'unknown', reasons: [...new Set(reasons)] }
    : { instance, kind: 'nobody' };
}

/** Priority 0 is a farewell. */
function isOf({ virtualRouterId, priority }: Advert, instance: HandOver): boolean {
  return virtualRouterId === instance.virtualRouterId && priority > 0;
}
