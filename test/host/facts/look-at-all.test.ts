import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Fact, known } from '../../../src/doctor/facts.ts';
import { listing, lookAtAll, notAsked } from '../../../src/host/facts/look-at-all.ts';

const PLACE = { env: { PATH: process.env.PATH } };

function plain(...command: readonly string[]) {
  return listing(command, (output: Fact<string>) => output);
}

test('each command gives its own output, whatever the ones before and behind it print or want to read', async () => {
  const facts = await lookAtAll(
    {
      lines: plain('printf', 'a\\nb\\n'),
      unfinished: plain('printf', '%s', `it's "$HOME" $(id)`),
      reader: plain('cat'),
      warned: plain('sh', '-c', 'echo careful >&2; echo fine'),
      failed: plain('sh', '-c', 'echo half; echo no way >&2; echo at all >&2; exit 3'),
      missing: plain('no-such-program', '-x'),
      both: {
        commands: [
          ['echo', '1'],
          ['echo', '2'],
        ],
        read: (outputs) => known(outputs.map((output) => (output.known ? output.value : output.reason)).join('+')),
      },
      unasked: notAsked('this'),
      last: plain('echo', 'last'),
    },
    PLACE,
  );
  assert.deepEqual(facts, {
    lines: { known: true, value: 'a\nb\n' },
    unfinished: { known: true, value: `it's "$HOME" $(id)` },
    reader: { known: true, value: '' },
    warned: { known: true, value: 'fine\n' },
    failed: {
      known: false,
      reason: 'sh -c echo half; echo no way >&2; echo at all >&2; exit 3 failed: no way',
    },
    missing: { known: false, reason: 'no-such-program is not installed' },
    both: { known: true, value: '1\n+2\n' },
    unasked: { known: false, reason: 'Nobody asked for this' },
    last: { known: true, value: 'last\n' },
  });
});

test('where the shell itself is missing, every fact is unknown', async () => {
  const facts = await lookAtAll({ one: plain('true') }, { env: { PATH: '/nowhere' }, netns: 'no-such-namespace' });
  assert.equal(facts.one.known, false);
});
