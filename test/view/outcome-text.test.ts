import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Step } from '../../src/plan/plan.ts';
import { outcomeText, progressLine, type StepEnd } from '../../src/view/outcome-text.ts';
import { type Paint, plainPaint } from '../../src/view/paint.ts';
import { samplePlan } from './sample-plan.ts';

const visible: Paint = (style, text) => `<${style}>${text}</${style}>`;
const { steps, changes } = samplePlan();
const [first, second, third] = steps as [Step, Step, Step];
const done: readonly StepEnd[] = steps.map((step) => ({ step, result: 'done', message: '', isRace: false }));
const all = { residual: [], arisen: [], snapshot: '20261122T140211Z', seconds: 1.26, paint: plainPaint };

test('every kind of step as a line of progress', (t) => {
  const lines = done.map((end, at) => progressLine(end, { at: at + 1, of: steps.length, open: 0, paint: plainPaint }));
  t.assert.fileSnapshot(`${lines.join('\n')}\n`, join(import.meta.dirname, '../golden/progress.txt'), {
    serializers: [String],
  });
});

test('a step that did not end well says how it ended', () => {
  const line = (end: Partial<StepEnd>, open = 0) => {
    const whole = { step: first, result: 'failed', message: 'No such service', isRace: false, ...end } as const;
    return progressLine(whole, { at: 1, of: 10, open, paint: visible }).replace(/^.* {2}(?=\S)/, '');
  };
  assert.equal(line({ result: 'done' }), 'ok');
  assert.equal(line({ result: 'done' }, 1200), 'ok, with 1,200 active connections open');
  assert.equal(line({}), '<error>failed</error>');
  assert.equal(line({ isRace: true }), '<warning>overtaken: No such service</warning>');
  assert.equal(line({ result: 'skipped', message: 'not tried, since …' }), '<warning>not tried</warning>');
});

test('all went well: that is verified, and said in one line', () => {
  assert.equal(
    outcomeText(done, all),
    `Applied ${steps.length} operations in 1.3 s. Verified: the live table is as the spec wants it.\n`,
  );
});

test('what others changed meanwhile is not claimed to be as the spec wants it', () => {
  assert.match(
    outcomeText(done, { ...all, arisen: changes.slice(2, 4) }),
    /Verified: what was approved is live\. Changed by others meanwhile: web-https, web-https\/web-3; see `lvsctl plan`\.\n$/,
  );
});

test('what went wrong is told with its place in the spec, what is left, and how to go on', (t) => {
  const ends: readonly StepEnd[] = [
    { step: first, result: 'failed', message: 'Memory allocation problem', isRace: false },
    {
      step: second,
      result: 'skipped',
      message: 'not tried, since an earlier step of the same service failed',
      isRace: false,
    },
    { step: third, result: 'done', message: '', isRace: false },
  ];
  const text = outcomeText(ends, { ...all, residual: changes.slice(-2) });
  t.assert.fileSnapshot(text, join(import.meta.dirname, '../golden/outcome.txt'), { serializers: [String] });
});

test('without a snapshot there is nothing to go back to', () => {
  assert.doesNotMatch(outcomeText(done, { ...all, snapshot: null, residual: changes }), /rollback/);
});
