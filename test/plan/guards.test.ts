import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DrainIntent } from '../../src/model/state.ts';
import { serviceKey, type VirtualService } from '../../src/model/table.ts';
import type { Permissions } from '../../src/plan/guard.ts';
import type { GuardName, Plan } from '../../src/plan/plan.ts';
import { desired, live, owning, plan, server, service, tcp } from './build.ts';

const pool = (count: number, weight = 1) =>
  Array.from({ length: count }, (_, index) => server(`10.0.0.${index + 1}`, weight));
const web = (count: number, weight = 1) => service(tcp('192.0.2.1'), pool(count, weight));
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => service(tcp(`192.0.2.${index + 1}`), pool(1)));

/** Services whose servers have weight 0. */
const quiet = (...numbers: number[]) => numbers.map((number) => service(tcp(`192.0.2.${number}`), pool(1, 0)));
const drainsOf = (services: readonly VirtualService[]): DrainIntent[] =>
  services.map(({ address }) => {
    const journaled = { startedAt: 0, drainSeconds: 300, weight: 1 };
    return { service: serviceKey(address), server: '10.0.0.1:80', ...journaled };
  });

interface Case {
  readonly claim: string;
  readonly before: readonly VirtualService[];
  readonly after: readonly VirtualService[];
  readonly rest?: Parameters<typeof plan>[2];
  /** None: the plan passes. */
  readonly guard?: GuardName;
  /** What the refusal says is the way out, and what must let the plan pass. */
  readonly override?: string;
  readonly permission?: Partial<Permissions>;
}

const CASES: readonly Case[] = [
  {
    claim: 'an empty spec with services under management',
    before: many(1),
    after: [],
    guard: 'empty-spec',
    override: '--allow-empty',
    permission: { empty: true },
  },
  { claim: 'an empty spec where nothing is managed', before: many(1), after: [], rest: { state: owning([]) } },
  {
    claim: 'a new service without servers',
    before: [],
    after: [web(0)],
    guard: 'empty-service',
    override: '--allow-empty',
    permission: { empty: true },
  },
  {
    claim: 'a service that gets weight 0 on its only server',
    before: [web(1)],
    after: [web(1, 0)],
    guard: 'empty-service',
    override: '--allow-empty',
    permission: { empty: true },
  },
  { claim: 'a service that was empty before', before: [web(1, 0)], after: [web(2, 0)] },
  { claim: 'one server of two, which is half of the weight', before: [web(2)], after: [web(1)] },
  { claim: 'three servers of ten, which is the limit', before: [web(10)], after: [web(7)] },
  {
    claim: 'four servers of ten',
    before: [web(10)],
    after: [web(6)],
    guard: 'max-remove',
    override: '--max-remove 40%',
    permission: { maxRemove: 0.4 },
  },
  {
    claim: 'two of three servers set to weight 0',
    before: [web(3)],
    after: [service(tcp('192.0.2.1'), [server('10.0.0.1'), server('10.0.0.2', 0), server('10.0.0.3', 0)])],
    guard: 'max-remove',
    override: '--max-remove 67%',
    permission: { maxRemove: 0.67 },
  },
  {
    claim: 'all servers exchanged for new ones',
    before: [web(3)],
    after: [service(tcp('192.0.2.1'), [server('10.0.9.1'), server('10.0.9.2')])],
    guard: 'max-remove',
    override: '--max-remove 100%',
    permission: { maxRemove: 1 },
  },
  {
    claim: 'two servers that drain already, in a pool of four',
    before: [service(tcp('192.0.2.1'), [...pool(2), server('10.0.0.3', 0), server('10.0.0.4', 0)])],
    after: [web(2)],
  },
  {
    claim: 'two light servers of three, which are little weight',
    before: [service(tcp('192.0.2.1'), [server('10.0.0.1', 98), server('10.0.0.2'), server('10.0.0.3')])],
    after: [service(tcp('192.0.2.1'), [server('10.0.0.1', 98)])],
    guard: 'max-remove',
    override: '--max-remove 67%',
    permission: { maxRemove: 0.67 },
  },
  {
    claim: 'two heavy servers of ten, which are much weight',
    before: [service(tcp('192.0.2.1'), [...pool(8), server('10.0.9.1', 16), server('10.0.9.2', 16)])],
    after: [service(tcp('192.0.2.1'), pool(8))],
    guard: 'max-remove',
    override: '--max-remove 80%',
    permission: { maxRemove: 0.8 },
  },
  { claim: 'all weights halved, which takes nothing from anybody', before: [web(4, 10)], after: [web(4, 5)] },
  { claim: 'one service of two', before: many(2), after: many(1) },
  {
    claim: 'seesaw-101-deletes-refused: 101 of 200 services',
    before: many(200),
    after: many(99),
    guard: 'max-remove-services',
    override: '--max-remove-services 51%',
    permission: { maxRemoveServices: 0.51 },
  },
  {
    claim: 'two services of three that were let pass before, and drain',
    before: [...many(1), ...quiet(2, 3)],
    after: many(1),
    rest: { state: owning([...many(1), ...quiet(2, 3)], { drains: drainsOf(quiet(2, 3)) }) },
  },
  {
    claim: 'two services of three at weight 0, which nobody let pass',
    before: [...many(1), ...quiet(2, 3)],
    after: many(1),
    guard: 'max-remove-services',
    override: '--max-remove-services 67%',
    permission: { maxRemoveServices: 0.67 },
  },
  {
    claim: 'an empty spec whose services all drain already, since that was let pass before',
    before: quiet(1, 2),
    after: [],
    rest: { state: owning(quiet(1, 2), { drains: drainsOf(quiet(1, 2)) }) },
  },
  {
    claim: 'two foreign services that --prune names',
    before: many(3),
    after: many(1),
    rest: { state: owning(many(1)), permissions: { prune: ['tcp 192.0.2.2:80', 'tcp 192.0.2.3:80'] } },
  },
  {
    claim: 'a live service of somebody else that differs',
    before: [web(1)],
    after: [web(2)],
    rest: { state: owning([]) },
    guard: 'takeover',
    override: '--adopt service-1',
    permission: { adopt: ['service-1'] },
  },
  {
    claim: 'the same, adopted by its key',
    before: [web(1)],
    after: [web(2)],
    rest: { state: owning([]), permissions: { adopt: ['tcp 192.0.2.1:80'] } },
  },
  {
    claim: 'a live service of somebody else that is as wanted',
    before: [web(2)],
    after: [web(2)],
    rest: { state: owning([]) },
  },
  {
    claim: 'a new service on a VIP that nobody holds',
    before: [],
    after: [web(1)],
    rest: { desired: desired([web(1)], { heldVips: ['192.0.2.9'] }) },
    guard: 'vip-not-held',
    override: '--allow-unheld-vip',
    permission: { unheldVip: true },
  },
  {
    claim: 'a new service on a VIP that VRRP holds',
    before: [],
    after: [web(1)],
    rest: { desired: desired([web(1)], { heldVips: ['192.0.2.1'] }) },
  },
  {
    claim: 'seesaw-older-config-refused: generation 3 after 4',
    before: [web(1)],
    after: [web(1)],
    rest: { desired: desired([web(2)], { generation: 3 }), state: owning([web(1)], { generation: 4 }) },
    guard: 'older-spec',
    override: '--allow-older',
    permission: { older: true },
  },
  {
    claim: 'a commit from before the one applied last',
    before: [web(1)],
    after: [web(2)],
    rest: { specTime: 100, state: owning([web(1)], { specTime: 200 }) },
    guard: 'older-spec',
    override: '--allow-older',
    permission: { older: true },
  },
  {
    claim: 'an older commit of a newer generation',
    before: [web(1)],
    after: [web(2)],
    rest: {
      specTime: 100,
      desired: desired([web(2)], { generation: 5 }),
      state: owning([web(1)], { generation: 4, specTime: 200 }),
    },
  },
];

for (const { claim, before, after, rest = {}, guard, override, permission } of CASES)
  test(`${guard === undefined ? 'no guard refuses' : `the guard ${guard} refuses`} ${claim}`, () => {
    const refused = plan(before, after, { live: live(before), ...rest });
    assert.deepEqual(refusals(refused), guard === undefined ? [] : [`${guard}: ${override}`]);
    if (guard === undefined) return;
    const allowed = plan(before, after, {
      live: live(before),
      ...rest,
      permissions: { ...rest.permissions, ...permission },
    });
    assert.deepEqual(refusals(allowed), []);
    assert.deepEqual(
      allowed.hazards.map((hazard) => hazard.guard),
      [guard],
      'what was allowed is still said',
    );
    assert.equal(allowed.approval, 'all');
  });

test('a limit of the command line below that of the spec counts', () => {
  const servers = plan([web(10)], [web(8)], { permissions: { maxRemove: 0.1 } });
  assert.deepEqual(refusals(servers), ['max-remove: --max-remove 20%']);
  const services = plan(many(10), many(8), { permissions: { maxRemoveServices: 0.1 } });
  assert.deepEqual(refusals(services), ['max-remove-services: --max-remove-services 20%']);
});

function refusals({ hazards }: Plan): string[] {
  return hazards.filter(({ allowed }) => !allowed).map((hazard) => `${hazard.guard}: ${hazard.override}`);
}
