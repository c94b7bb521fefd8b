import type { Advert } from '../facts.ts';
import { type Part, partsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';

export const foreignRouter: Rule<DirectorHost> = {
  id: 'DOC407',
  name: 'foreign-router',
  severity: 'error',
  why: 'Two clusters with one virtual router id in a network take each other for one: the VIPs of the weaker one go down',
  source: 'RFC 5798 §5.2.3; acassen/keepalived issue 2444',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { adverts } = host.facts;
  if (adverts === null) return;
  if (!adverts.known) return yield* notSeen(adverts);
  for (const part of partsOf(host)) {
    const foreign = adverts.value.filter((advert) => concerns(part, advert) && !isOurs(advert, { part, host }));
    for (const source of new Set(foreign.map((advert) => advert.source.text))) {
      const { priority } = foreign.find((advert) => advert.source.text === source) ?? {};
      yield {
        seen: `${source}, which is no director of the spec, sends adverts for virtual router ${part.instance.virtualRouterId} on ${part.member.interface}, with priority ${priority}`,
        wanted: `virtual_router_id ${part.instance.virtualRouterId} for ${part.instance.name} alone`,
        advice: `Give ${part.instance.name} or that other router another virtual_router_id; where it belongs to this cluster, name it under directors or unicast.peers`,
      };
    }
  }
}

/** Whether an advert is of the virtual router of a part. */
export function concerns({ instance, member }: Part, advert: Advert): boolean {
  return (
    advert.virtualRouterId === instance.virtualRouterId &&
    advert.source.family === instance.family &&
    advert.interface === member.interface
  );
}

function isOurs({ source }: Advert, { part, host }: { part: Part; host: DirectorHost }): boolean {
  // Adverts of IPv6 come from link-local addresses, of which a spec says nothing.
  if (source.family === 'ipv6' && /^fe[89ab]/.test(source.text)) return true;
  const { interfaces } = host.facts;
  const known = [
    ...host.desired.directors.map(({ address }) => address.text),
    ...part.instance.members.map((member) => member.source?.text),
    ...(part.instance.unicast?.peers ?? []).map(({ text }) => text),
    ...(interfaces.known ? interfaces.value.flatMap(({ addresses }) => addresses.map(({ text }) => text)) : []),
  ];
  return known.includes(source.text);
}
