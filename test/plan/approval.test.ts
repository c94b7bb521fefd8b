import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { VirtualService } from '../../src/model/table.ts';
import { covers } from '../../src/plan/approval.ts';
import type { Approval } from '../../src/plan/plan.ts';
import { plan, server, service, tcp } from './build.ts';

const web = (servers: VirtualService['servers'], rest: Partial<VirtualService> = {}) =>
  service(tcp('192.0.2.1'), servers, rest);
const [A, B] = [server('10.0.0.1', 5), server('10.0.0.2', 5)] as const;
const other = service(tcp('192.0.2.2'), [A]);

const NEEDS: readonly [
  claim: string,
  before: VirtualService[],
  after: VirtualService[],
  needs: Approval,
  drainSeconds?: number,
][] = [
  ['nothing to do', [web([A])], [web([A])], 'none'],
  ['a new service', [other], [other, web([A])], 'additive'],
  ['a new server', [web([A])], [web([A, B])], 'additive'],
  ['a raised weight', [web([A])], [web([{ ...A, weight: 6 }])], 'additive'],
  ['a lowered weight', [web([A, B])], [web([{ ...A, weight: 4 }, B])], 'safe'],
  ['a raised weight and a threshold', [web([A])], [web([{ ...A, weight: 6, upperThreshold: 9 }])], 'safe'],
  ['another scheduler', [web([A])], [web([A], { scheduler: 'rr' })], 'safe'],
  ['a server that drains', [web([A, B])], [web([A])], 'safe'],
  ['a server that goes at once', [web([A, B])], [web([A])], 'all', 0],
  ['a service that goes', [other, web([A])], [other], 'all'],
];

for (const [claim, before, after, needs, drainSeconds] of NEEDS)
  test(`${claim} needs the approval ${needs}`, () => {
    assert.equal(plan(before, after, drainSeconds === undefined ? {} : { drainSeconds }).approval, needs);
  });

test('each class of approval covers itself and the ones before it, and no more', () => {
  const classes: readonly Approval[] = ['none', 'additive', 'safe', 'all'];
  for (const [given, one] of classes.entries())
    for (const [needed, another] of classes.entries())
      assert.equal(covers(one, another), given >= needed, `${one} ${another}`);
});
