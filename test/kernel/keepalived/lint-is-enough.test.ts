import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { lint } from '../../../src/lint/lint.ts';
import { renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { GROUND_PIECE, merged, type Piece, sloppyPieces } from '../../keepalived/sloppy-spec.ts';
import { loadText } from '../../spec/load-text.ts';
import { type Ground, testConf } from './oracle.ts';

const RUNS = 25;

const GROUND: Ground = {
  interfaces: {
    eth0: ['192.0.2.11/24', '2001:db8::11/64'],
    eth1: ['198.51.100.11/24'],
    eth2: ['203.0.113.11/24'],
  },
};

function hasNoError(spec: Piece): boolean {
  return lint(loadText(specText(spec))).every(({ severity }) => severity !== 'error');
}

/** As much of the pieces as lint lets through. */
function soundSpec(pieces: readonly Piece[]): Piece {
  return pieces.reduce((spec, piece) => {
    const next = merged(spec, piece);
    return hasNoError(next) ? next : spec;
  }, GROUND_PIECE);
}

test('keepalived takes without a word whatever lint finds no error in', async () => {
  let instances = 0;
  await fc.assert(
    fc.asyncProperty(sloppyPieces, fc.constantFrom('lb1', 'lb2', 'lb3'), async (pieces, director) => {
      const spec = soundSpec(pieces);
      instances += Object.keys(spec.vrrp ?? {}).length;
      const conf = await renderedConf(specText(spec), director);
      assert.deepEqual(await testConf(conf, GROUND), [], conf);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
  assert.ok(instances > RUNS, 'there was something to take');
});
