import assert from 'node:assert/strict';
import { test } from 'node:test';
import { count, isOpen, type Standpoint, unasked } from '../../src/health/tally.ts';
import { REFUSED, WELL } from './checked.ts';

/** `+` and `-` are answers; the result is the opinion after each, in capitals while it is open. */
function story(answers: string, { rise, fall, seen }: { rise: number; fall: number; seen: Standpoint }): string {
  let tally = unasked(seen);
  return [...answers]
    .map((answer) => {
      tally = count(tally, answer === '+' ? WELL : REFUSED, { rise, fall });
      const letter = tally.opinion.kind.slice(0, 1);
      return isOpen(tally) ? letter.toUpperCase() : letter;
    })
    .join('');
}

const STORIES: readonly (readonly [what: string, answers: string, rise: number, fall: number, opinions: string])[] = [
  ['the first success decides at once, whatever rise says', '+', 5, 3, 'u'],
  ['the first failure decides at once, whatever fall says', '-', 5, 3, 'd'],
  ['fall failures in a row are needed later', '+---', 1, 3, 'uUUd'],
  ['a success ends a row of failures', '+--+--+', 1, 3, 'uUUuUUu'],
  ['rise successes in a row are needed later', '-+++', 3, 1, 'dDDu'],
  ['a failure ends a row of successes', '-++-++-', 3, 1, 'dDDdDDd'],
  ['with rise and fall 1 every answer decides', '+-+-', 1, 1, 'udud'],
];

for (const [what, answers, rise, fall, opinions] of STORIES)
  test(what, () => assert.equal(story(answers, { rise, fall, seen: null }), opinions));

const STARTS: readonly (readonly [what: string, seen: Standpoint, answers: string, opinions: string])[] = [
  ['one that served is well with its first success', 'up', '+', 'u'],
  ['and failed after fall failures, not at once', 'up', '---', 'UUd'],
  ['a success in between begins that anew', 'up', '--+---', 'UUuUUd'],
  ['one that was out stays out with its first failure', 'down', '-', 'd'],
  ['and is well after rise successes', 'down', '++', 'Uu'],
];

for (const [what, seen, answers, opinions] of STARTS)
  test(`at a restart, ${what}`, () => assert.equal(story(answers, { rise: 2, fall: 3, seen }), opinions));

test('the words are those of the last answer that agrees', () => {
  const up = count(
    unasked(null),
    { ok: true, detail: 'status 200', weight: { kind: 'set', weight: 5 } },
    { rise: 1, fall: 2 },
  );
  const shaky = count(up, REFUSED, { rise: 1, fall: 2 });
  assert.deepEqual(shaky.opinion, { kind: 'up', detail: 'status 200', weight: { kind: 'set', weight: 5 } });
  assert.deepEqual(count(shaky, { ok: false, detail: 'status 503' }, { rise: 1, fall: 2 }).opinion, {
    kind: 'down',
    detail: 'status 503',
  });
});
