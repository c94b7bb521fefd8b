import type { Path } from '../spec/place.ts';
import { suggestion } from '../spec/did-you-mean.ts';
import type { WrittenFailure } from '../spec/schema/test-file.ts';
import type { CaseInput, CaseMistake } from './case.ts';
import { vipsOf } from './compare-holders.ts';
import { confMistakes } from './compare-keepalived.ts';
import { courseOf, timesOf } from './course.ts';
import { knownServers, serviceNames } from './known-servers.ts';
import { unreadRows } from './live-services.ts';

/** What a case says of things that are not there. Silently, it would prove nothing. */
export function findMistakes(input: CaseInput): CaseMistake[] {
  const { given, loaded } = input;
  const { expect } = given;
  return [
    ...(Object.keys(expect).length === 0 ? [{ path: ['expect'], message: 'The case expects nothing' }] : []),
    ...unreadRows(input).map(({ text, reason }) => ({ path: ['live'], message: `${reason}: ${text}` })),
    ...(['connections', 'draining', 'health'] as const).flatMap((key) =>
      unknown(Object.keys(given[key] ?? {}), {
        path: [key],
        noun: 'real server',
        known: [...knownServers(input).keys()],
      }),
    ),
    ...(Array.isArray(given.managed)
      ? unknown(given.managed, { path: ['managed'], noun: 'service', known: [...serviceNames(input)].flat() })
      : []),
    ...unknown(Object.keys(expect.serving ?? {}), {
      path: ['expect', 'serving'],
      noun: 'service',
      known: loaded.desired.services.map(({ name }) => name),
    }),
    ...directorMistakes(input),
    ...eventMistakes(input),
    ...confMistakes(input),
  ];
}

/** A name that nothing has is told, and not what follows from it. */
function eventMistakes(input: CaseInput): readonly CaseMistake[] {
  const happenings = timesOf(input.given).flat();
  const strangers = happenings.flatMap(({ path, written }) => strangersIn(written, path, input));
  if (strangers.length > 0) return strangers;
  const empty = (input.given.events ?? []).flatMap(({ fails, recovers }, index) =>
    fails === undefined && recovers === undefined
      ? [{ path: ['events', index], message: 'Nothing happens in it: give fails or recovers' }]
      : [],
  );
  return [...empty, ...courseOf(input).mistakes];
}

function strangersIn(written: WrittenFailure, path: Path, { loaded }: CaseInput): readonly CaseMistake[] {
  const { directors, keepalived } = loaded.desired;
  const { scripts, processes, bfd, files } = keepalived.trackers;
  return (
    [
      ['director', 'director', directors],
      ['script', 'track script', scripts],
      ['process', 'track process', processes],
      ['bfd', 'track bfd', bfd],
      ['file', 'track file', files],
    ] as const
  ).flatMap(([key, noun, known]) =>
    unknown(written[key] === undefined ? [] : [written[key]], {
      path: [...path, key],
      noun,
      known: known.map(({ name }) => name),
    }),
  );
}

function directorMistakes({ given, loaded }: CaseInput): CaseMistake[] {
  const { desired } = loaded;
  const known = desired.directors.map(({ name }) => name);
  const { instances } = desired.keepalived;
  const holders = [...instances.map(({ name }) => name), ...instances.flatMap(vipsOf)];
  const whose = (['holds', 'keepalived'] as const).filter(
    (what) => given.expect[what] !== undefined && given.director === undefined,
  );
  return [
    ...whose.map((what) => ({ path: ['expect', what], message: 'It does not say whose: give director' })),
    ...unknown(given.director === undefined ? [] : [given.director], { path: ['director'], noun: 'director', known }),
    ...unknown(Object.keys(given.expect.holders ?? {}), {
      path: ['expect', 'holders'],
      noun: 'VRRP instance or VIP',
      known: holders,
    }),
  ];
}

function unknown(
  names: readonly string[],
  { path, noun, known }: { path: Path; noun: string; known: readonly string[] },
): CaseMistake[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => ({ path: [...path, name], message: `There is no ${noun} "${name}"${suggestion(name, known)}` }));
}
