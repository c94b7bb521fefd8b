import assert from 'node:assert/strict';
import { test } from 'node:test';
import { conditions } from '../../src/health/condition.ts';
import { PLAIN_AVAILABILITY } from '../../src/model/availability.ts';
import { checkKey } from '../../src/model/verdict.ts';
import { desired, server, service, type Sketch, tcp } from '../plan/build.ts';
import { CHECK, verdictOf, type Word } from './build.ts';

const WELL: Word = ['up', 5];
const FAILED: Word = ['down', 5];

interface Part {
  /** Last number of an address, and what its own check says. */
  readonly servers: Readonly<Record<number, Word>>;
  readonly dependsOn?: readonly string[];
  readonly quorum?: number;
}

const SPECS: readonly (readonly [claim: string, parts: Readonly<Record<string, Part>>, web: string])[] = [
  ['without a dependency, its own check decides', { web: { servers: { 1: WELL, 2: FAILED } } }, '1 well, 2 failed'],
  [
    'one whose address has failed in the other service has failed here',
    { web: { servers: { 1: WELL, 2: WELL }, dependsOn: ['app'] }, app: { servers: { 1: FAILED, 2: WELL } } },
    '1 failed, 2 well',
  ],
  [
    'an address that the other service does not have asks for its quorum',
    { web: { servers: { 1: WELL }, dependsOn: ['db'] }, db: { servers: { 7: FAILED, 8: WELL }, quorum: 2 } },
    '1 failed',
  ],
  [
    'a quorum that is held is enough',
    { web: { servers: { 1: WELL }, dependsOn: ['db'] }, db: { servers: { 7: FAILED, 8: WELL }, quorum: 1 } },
    '1 well',
  ],
  [
    'what nobody asked yet fails nobody',
    { web: { servers: { 1: WELL }, dependsOn: ['db'] }, db: { servers: { 7: '?' } } },
    '1 well',
  ],
  [
    'dependencies go on through others',
    {
      web: { servers: { 1: WELL }, dependsOn: ['app'] },
      app: { servers: { 1: WELL }, dependsOn: ['db'] },
      db: { servers: { 7: FAILED } },
    },
    '1 failed',
  ],
  [
    'a circle ends, and each judges by its own checks',
    {
      web: { servers: { 1: WELL }, dependsOn: ['app'] },
      app: { servers: { 1: WELL }, dependsOn: ['web'] },
    },
    '1 well',
  ],
  [
    'one that depends on nothing known is judged alone',
    { web: { servers: { 1: WELL }, dependsOn: ['gone'] } },
    '1 well',
  ],
];

for (const [claim, parts, wanted] of SPECS) {
  test(claim, () => {
    const spec = desired(Object.entries(parts).map(([name, part], index) => sketch(name, part, index + 1)));
    const verdicts = new Map(
      Object.values(parts).flatMap(({ servers }, index) =>
        Object.entries(servers).map(
          ([number, word]) =>
            [checkKey(tcp(`192.0.2.${index + 1}`), server(`10.0.0.${number}`)), verdictOf(word)] as const,
        ),
      ),
    );
    const conditionOf = conditions(spec, verdicts);
    const web = spec.services.find(({ name }) => name === 'web');
    const text = web?.servers.map((real) => `${real.address.slice(7)} ${conditionOf(web, real).kind}`).join(', ');
    assert.equal(text, wanted);
  });
}

test('a server without a check is well', () => {
  const spec = desired([service(tcp('192.0.2.1'), [server('10.0.0.1')])]);
  const [web] = spec.services;
  const [real] = web?.servers ?? [];
  assert.equal(web && real && conditions(spec, new Map())(web, real).kind, 'well');
});

function sketch(name: string, { servers, dependsOn = [], quorum = 1 }: Part, number: number): Sketch {
  const reals = Object.keys(servers).map((last) => ({ ...server(`10.0.0.${last}`), check: CHECK }));
  const availability = { ...PLAIN_AVAILABILITY, dependsOn, quorum };
  return { ...service(tcp(`192.0.2.${number}`), reals), servers: reals, name, availability };
}
