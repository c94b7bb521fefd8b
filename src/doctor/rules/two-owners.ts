import { serviceKey } from '../../model/table.ts';
import { type DirectorHost, type NotSeen, notSeen, type Report, type Rule } from '../rule.ts';

export const twoOwners: Rule<DirectorHost> = {
  id: 'DOC409',
  name: 'two-owners',
  severity: 'error',
  why: 'keepalived never reads the table of the kernel: what both write is as the last one left it, and goes when keepalived stops',
  source: 'keepalived check/ipvswrapper.c: EEXIST; acassen/keepalived issue 1018',
  check,
};

function* check(host: DirectorHost): Iterable<Report | NotSeen> {
  const { keepalived } = host.facts;
  const own = host.desired.services.filter(({ owner }) => owner === 'lvsctl');
  if (own.length === 0) return;
  if (!keepalived.known) return yield* notSeen(keepalived);
  if (keepalived.value.pids.length === 0) return;
  const { conf } = keepalived.value;
  if (!conf.known) return yield* notSeen(conf);
  const theirs = new Set(conf.value.services.map(serviceKey));
  const files = conf.value.files.join(', ');
  for (const { name, address } of own) {
    if (!theirs.has(serviceKey(address))) continue;
    yield {
      seen: `The running keepalived has a virtual_server for ${serviceKey(address)} (${files})`,
      wanted: `${name} written by lvsctl alone, as the spec says`,
      fix: ['lvsctl apply'],
      advice: `Or leave it to keepalived: owner: keepalived for ${name}`,
    };
  }
  for (const keyword of conf.value.flushes)
    yield {
      seen: `The running keepalived has ${keyword} (${files})`,
      wanted: `No ${keyword}: it empties the whole table, with what lvsctl wrote`,
      fix: ['lvsctl apply'],
      advice: 'Where the spec has that line itself, remove it from keepalived.extra',
    };
}
