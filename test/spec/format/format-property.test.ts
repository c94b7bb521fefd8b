import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, parseDocument } from 'yaml';
import { formatSpec } from '../../../src/spec/format/format-spec.ts';
import { loadSpec } from '../../../src/spec/load.ts';
import { randomServices, servicesText } from '../../keepalived/random-services.ts';
import { merged, sloppyPieces } from '../../keepalived/sloppy-spec.ts';
import { specArbitrary } from '../../keepalived/spec-arbitrary.ts';
import { randomTable } from '../../ipvsadm/random-table.ts';
import { specText } from '../../spec-text.ts';
import { hand, written } from './written.ts';

const SPECS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  'VRRP, tracking and notify commands': specArbitrary.map((spec) => ({ version: 1, ...spec })),
  'services of keepalived': randomServices(3).map((services) => parse(servicesText(services))),
  'services of a table': randomTable().map((services) => parse(specText(services))),
  'what nobody would write': sloppyPieces.map((pieces) => pieces.reduce(merged, { version: 1 })),
};

for (const [what, specs] of Object.entries(SPECS)) {
  test(`formatting keeps the meaning and every comment, and is done the second time: ${what}`, () => {
    let commented = 0;
    fc.assert(
      fc.property(specs, hand, (spec, by) => {
        const text = written(spec, by);
        // The library folds some texts into ones it cannot read back.
        fc.pre(parseDocument(text).errors.length === 0);
        const formatted = format(text);
        commented += /# c\d/.test(text) ? 1 : 0;
        assert.equal(desiredOf(formatted), desiredOf(text));
        assert.deepEqual(comments(formatted), comments(text));
        assert.equal(format(formatted), formatted);
      }),
      { numRuns: 60 },
    );
    assert.ok(commented > 40, `only ${commented} texts had comments`);
  });
}

function format(text: string): string {
  const formatted = formatSpec({ name: 'test.lvs.yaml', text });
  assert.ok(formatted.ok, `${JSON.stringify(formatted)}\n${text}`);
  return formatted.text;
}

/** What a spec means, but for the places it is written at. */
function desiredOf(text: string): string {
  const { desired, readable } = loadSpec([{ name: 'test.lvs.yaml', text }]);
  assert.ok(readable, text);
  return JSON.stringify(desired, (key, value) => (key === 'origin' || key === 'fieldOrigins' ? undefined : value));
}

/** The numbered ones that were strewn in. */
function comments(text: string): string[] {
  return (text.match(/# c\d+/g) ?? []).sort();
}
