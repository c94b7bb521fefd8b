import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Paint, plainPaint } from '../../src/view/paint.ts';
import { planMarkdown } from '../../src/view/plan-markdown.ts';
import { planText } from '../../src/view/plan-text.ts';
import { changeText } from '../../src/view/change-text.ts';
import { live, owning, plan, server, service, tcp } from '../plan/build.ts';
import { samplePlan, SOURCES } from './sample-plan.ts';

const golden = (name: string) => join(import.meta.dirname, '../golden', name);
const asIs = { serializers: [String] };
const visible: Paint = (style, text) => `<${style}>${text}</${style}>`;
const textOf = (shown: ReturnType<typeof plan>) => planText(shown, { sources: SOURCES, paint: plainPaint });

test('a plan with something of everything, as text', (t) => {
  t.assert.fileSnapshot(textOf(samplePlan()), golden('plan.txt'), asIs);
});

test('the same with colours, which are all that differs', (t) => {
  const coloured = planText(samplePlan(), { sources: SOURCES, paint: visible });
  t.assert.fileSnapshot(coloured, golden('plan-coloured.txt'), asIs);
  assert.equal(coloured.replace(/<\/?[a-z]+>/g, ''), textOf(samplePlan()));
});

test('the same for a pull request', (t) => {
  t.assert.fileSnapshot(planMarkdown(samplePlan(), SOURCES), golden('plan.md'), asIs);
});

test('each change in one line, for a log', (t) => {
  t.assert.fileSnapshot(`${samplePlan().changes.map(changeText).join('\n')}\n`, golden('changes.txt'), asIs);
});

test('a plan that guards refuse, or that an option allows, names the guard, the place and the way out', (t) => {
  const before = [1, 2, 3, 4].map((number) => service(tcp(`192.0.2.${number}`), [server('10.0.0.1')]));
  const after = before.slice(0, 1).map((one) => ({ ...one, scheduler: 'rr' }));
  const refused = plan(before, after, { state: owning(before.slice(1)) });
  const allowed = plan(before, after, {
    state: owning(before.slice(1)),
    permissions: { adopt: ['service-1'], maxRemoveServices: 1 },
  });
  t.assert.fileSnapshot(
    textOf(refused) + textOf(allowed) + planMarkdown(refused, SOURCES),
    golden('plan-guards.txt'),
    asIs,
  );
});

test('every change of a plan is in its text, with its place', () => {
  const text = textOf(samplePlan());
  for (const { label, change } of samplePlan().changes) {
    const name = label.slice(label.lastIndexOf('/') + 1);
    assert.ok(text.includes(name), `${change.action} ${change.kind} ${label}`);
  }
  for (const place of ['defaults.lvs.yaml:4', 'spec.lvs.yaml:11', 'spec.lvs.yaml:13', 'spec.lvs.yaml:22'])
    assert.ok(text.includes(place), place);
});

test('what is not managed is named, row by row what nobody understands, with nothing that steers a terminal', () => {
  const text = textOf(samplePlan());
  assert.match(
    text,
    /Left alone \(not managed\): tcp 10\.0\.0\.9:8443 \(2 real servers\), fwmark 4294967295 \(0 real servers\)/,
  );
  assert.match(
    text,
    /Left alone \(not understood\): -A -t 192\.0\.2\.7:0 -s none\\u001b\[31m {3}scheduler none is not one/,
  );
  assert.ok(!text.includes('\u001b'));
});

test('what is left alone is named although nothing is to do', () => {
  const foreign = service(tcp('192.0.2.9'), [server('10.0.0.1')]);
  const text = textOf(plan([], [], { live: live([foreign], { unread: [{ text: 'row', reason: 'why' }] }) }));
  assert.match(text, /No changes\./);
  assert.match(text, /192\.0\.2\.9:80 \(1 real server\)/);
  assert.match(text, /Left alone \(not understood\): row/);
});

test('an offline plan does not claim to know the connections', () => {
  const before = [service(tcp('192.0.2.1'), [server('10.0.0.1'), server('10.0.0.2')])];
  const offline = plan(before, [service(tcp('192.0.2.1'), [server('10.0.0.1')])], {
    live: { ...live(before), connections: new Map() },
  });
  assert.match(textOf(offline), /active connections not known/);
});

test('columns hold with names of any length, and a place is never glued to what stands before it', () => {
  const long = 'a'.repeat(63);
  const after = [
    {
      ...service(tcp('192.0.2.1'), []),
      name: long,
      servers: [{ ...server('10.0.0.1'), name: long }, server('10.0.0.2')],
    },
  ];
  const rows = textOf(plan([], after)).split('\n').slice(2, 5);
  const columns = rows.map((row) => row.search(/tcp 192|10\.0\.0\./));
  assert.equal(new Set(columns).size, 1, rows.join('\n'));
  for (const row of rows) assert.match(row, / {2}spec\.lvs\.yaml:\d+$/);
});

test('five hundred changes are five hundred lines, in the order of the addresses', () => {
  const services = Array.from({ length: 500 }, (_, index) => service(tcp(`192.0.${index >> 8}.${index & 255}`), []));
  const rows = textOf(plan([], services))
    .split('\n')
    .filter((row) => row.startsWith('+ '));
  assert.equal(rows.length, 500);
  assert.match(rows[0] ?? '', /tcp 192\.0\.0\.0:80/);
  assert.match(rows[499] ?? '', /tcp 192\.0\.1\.243:80/);
});

test('a service that changes hands is said so', () => {
  const web = service(tcp('192.0.2.1'), [server('10.0.0.1')]);
  assert.match(textOf(plan([web], [web], { state: owning([]) })), /Managed from the next apply on: service-1/);
  assert.match(
    textOf(plan([web], [{ ...web, owner: 'keepalived' }])),
    /Left to keepalived from the next apply on: service-1/,
  );
});
