import { partsOf } from '../part.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';
import { statesOf } from '../vrrp-state.ts';
import { concerns } from './foreign-router.ts';

export const twoMasters: Rule<DirectorHost> = {
  id: 'DOC408',
  name: 'two-masters',
  severity: 'error',
  why: 'Two directors hold the VIPs at once, and each client reaches one or the other as ARP has it',
  source: 'RFC 5798 §6.4.3: a master that hears a better one steps back, so they do not hear each other',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { adverts } = host.facts;
  if (adverts === null) return;
  const states = statesOf(host.facts);
  if (!adverts.known || !states.known) return yield* [...notSeen(adverts), ...notSeen(states)];
  for (const part of partsOf(host)) {
    const { name } = part.instance;
    // Priority 0 is a farewell.
    const sources = adverts.value
      .filter((advert) => concerns(part, advert) && advert.priority > 0)
      .map(({ source }) => source.text);
    const directors = part.instance.members.filter(
      ({ director, source }) =>
        director !== host.director?.name &&
        [source?.text, addressOf(director, host)].some((address) => address !== undefined && sources.includes(address)),
    );
    const isMaster = states.value.get(name)?.state === 'master';
    if (directors.length + (isMaster ? 1 : 0) < 2) continue;
    yield {
      seen: `${[...(isMaster ? ['This director'] : []), ...directors.map(({ director }) => director)].join(' and ')} are master of ${name} at the same time`,
      wanted: `One master of ${name}`,
      advice:
        'Look at what keeps adverts from one of them: a firewall (DOC305), a switch without that multicast, differing settings (DOC403)',
    };
  }
}

function addressOf(name: string, { desired }: DirectorHost): string | undefined {
  return desired.directors.find((director) => director.name === name)?.address.text;
}
