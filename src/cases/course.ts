import type { Failure } from '../lint/failover/failure.ts';
import type { Path } from '../spec/place.ts';
import type { WrittenFailure } from '../spec/schema/test-file.ts';
import type { CaseInput, CaseMistake, TestCase } from './case.ts';
import { readFailure } from './read-failure.ts';

/** What is broken at each time of a case, beginning with good times, and what is wrong with how that is told. */
export interface Course {
  readonly steps: readonly (readonly Failure[])[];
  readonly mistakes: readonly CaseMistake[];
}

/** Something that fails or recovers, as it is written. */
export interface Happening {
  readonly path: Path;
  readonly written: WrittenFailure;
  readonly recovers: boolean;
}

/** First what has failed to begin with, then the events, one after another. */
export function courseOf({ given, loaded }: CaseInput): Course {
  const directors = loaded.desired.directors.map(({ name }) => name);
  const broken = new Map<string, Failure>();
  const steps: (readonly Failure[])[] = [[]];
  const mistakes: CaseMistake[] = [];
  for (const happenings of timesOf(given)) {
    for (const happening of happenings) {
      const message = happen(happening, { broken, directors });
      if (message !== undefined) mistakes.push({ path: happening.path, message });
    }
    steps.push([...broken.values()]);
  }
  return { steps, mistakes };
}

/** What happens at the same moment, moment by moment. */
export function timesOf({ failed, events }: TestCase): readonly (readonly Happening[])[] {
  return [
    ...(failed === undefined ? [] : [happeningsAt(['failed'], failed, { recovers: false })]),
    ...(events ?? []).map(({ fails, recovers }, index) => [
      ...happeningsAt(['events', index, 'recovers'], recovers, { recovers: true }),
      ...happeningsAt(['events', index, 'fails'], fails, { recovers: false }),
    ]),
  ];
}

function happeningsAt(
  path: Path,
  written: WrittenFailure | readonly WrittenFailure[] | undefined,
  { recovers }: { recovers: boolean },
): readonly Happening[] {
  if (written === undefined) return [];
  if (!('length' in written)) return [{ path, written, recovers }];
  return written.map((one, index) => ({ path: [...path, index], written: one, recovers }));
}

/** Changes what is broken; says what is wrong with that. */
function happen(
  { path, written, recovers }: Happening,
  { broken, directors }: { broken: Map<string, Failure>; directors: readonly string[] },
): string | undefined {
  if (recovers && written.value !== undefined)
    return 'A file that recovers has the value of good times; leave out value';
  const { failure, wrong } = readFailure(recovers && written.file !== undefined ? { ...written, value: 0 } : written);
  if (failure === undefined) return wrong;
  const each = onEachDirector(failure, directors);
  const known = each.filter((one) => broken.has(keyOf(one)));
  for (const one of each) {
    if (recovers) broken.delete(keyOf(one));
    else broken.set(keyOf(one), one);
  }
  if (recovers) return known.length === 0 ? 'It recovers, but it has not failed before' : undefined;
  const isOld = path[0] === 'events' && failure.kind !== 'file' && known.length === each.length;
  return isOld ? 'It fails, but it has failed already' : undefined;
}

/** So that it can recover on one of them. */
function onEachDirector(failure: Failure, directors: readonly string[]): readonly Failure[] {
  return failure.director === null ? directors.map((director) => ({ ...failure, director })) : [failure];
}

function keyOf({ kind, director, ...what }: Failure): string {
  const name = 'name' in what ? what.name : 'interface' in what ? what.interface : '';
  return `${kind} ${name} ${director}`;
}
