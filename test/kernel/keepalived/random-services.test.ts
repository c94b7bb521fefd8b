import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import fc from 'fast-check';
import { lint } from '../../../src/lint/lint.ts';
import type { Check } from '../../../src/model/check.ts';
import type { DesiredService } from '../../../src/model/desired.ts';
import { bareTable } from '../../bare-table.ts';
import { type RandomService, randomServices, servicesText } from '../../keepalived/random-services.ts';
import { desiredOf, renderedConf } from '../../keepalived/rendered.ts';
import { loadText } from '../../spec/load-text.ts';
import { freshKernel } from '../fresh-kernel.ts';
import { virtualServersOf } from './checker-dump.ts';
import { dumpConf, testConf } from './oracle.ts';
import { runKeepalived } from './running.ts';

const RUNS = 4;
const SERVICES = 60;

/** Each by itself, since what is wrong with one must not count for the others. */
function isFine(service: RandomService): boolean {
  const findings = lint(loadText(servicesText([service])));
  return findings.every(({ severity, name }) => severity !== 'error' && !SPOKEN_OF.includes(name));
}

/** What keepalived speaks of too, though it goes on. */
const SPOKEN_OF = ['quorum-total', 'all-weights-zero'];

async function holds(t: TestContext, services: readonly RandomService[]): Promise<void> {
  const spec = servicesText(services.filter(isFine));
  const desired = desiredOf(spec).services;
  if (desired.length === 0) return;
  const conf = await renderedConf(spec);
  assert.deepEqual(await testConf(conf), [], conf);

  const dump = await dumpConf(conf);
  assert.deepEqual(
    dump.log.filter((line) => COMPLAINT.test(line)),
    [],
  );
  const seen = virtualServersOf(dump.checker);
  for (const [index, service] of desired.entries())
    assert.deepEqual(
      shown(service).filter((line) => !seen[index]?.includes(line)),
      [],
      `${service.name}\n${conf}`,
    );

  const { netns, kernel } = freshKernel(t);
  const running = await runKeepalived(t, netns, conf);
  const unchecked = desired.filter(({ servers }) => servers.every(({ check }) => check === null));
  const names = new Set(bareTable(unchecked).map(({ address }) => JSON.stringify(address)));
  const live = (await kernel.read()).services.filter(({ address }) => names.has(JSON.stringify(address)));
  assert.deepEqual(live, bareTable(unchecked));
  await running.stop();
  assert.deepEqual((await kernel.read()).services, [], 'it takes its services with it');
}

/** Not that a check failed, since nobody is there to answer. */
const COMPLAINT = /invalid|ignor|regex|unable|unknown|IPVS.*rror/i;

/** Lines of a dump that stand for what the spec says. */
function shown({ scheduler, persistence, availability, servers }: DesiredService): string[] {
  const { quorum, hysteresis, alpha, omega } = availability;
  return [
    `lvs_sched = ${scheduler}`,
    ...(persistence === null ? [] : [`persistence timeout = ${persistence.timeoutSeconds}`]),
    `quorum = ${quorum}, hysteresis = ${hysteresis}`,
    `alpha is ${alpha ? 'ON' : 'OFF'}`,
    `omega is ${omega ? 'ON' : 'OFF'}`,
    ...servers.flatMap(({ address, port, weight, upperThreshold, lowerThreshold, check }) => [
      `RIP = ${address}, RPORT = ${port}, WEIGHT = ${weight} EFF WEIGHT = ${weight}`,
      `connection limit range = ${lowerThreshold} -> ${upperThreshold}`,
      ...(check === null ? [] : shownCheck(check)),
    ]),
  ];
}

function shownCheck({ checks, intervalSeconds, fastIntervalSeconds, warmupSeconds, fall }: Check): string[] {
  const isTimed = checks.some(({ probe }) => probe.kind !== 'file' && probe.kind !== 'bfd');
  const micro = (seconds: number) => `${Math.round(seconds * 1e6)} us`;
  return isTimed
    ? [
        `Delay loop = ${micro(intervalSeconds)}`,
        `Warmup = ${micro(warmupSeconds)}`,
        `Retries = ${fall - 1}`,
        ...(fall > 1 ? [`Delay before retry = ${micro(fastIntervalSeconds)}`] : []),
      ]
    : [];
}

test(`what lint lets through, keepalived takes without a word and puts into the kernel as it is written: ${RUNS} times ${SERVICES} random services`, async (t) => {
  await fc.assert(
    fc.asyncProperty(randomServices(SERVICES), (services) => holds(t, services)),
    { numRuns: RUNS, endOnFailure: true },
  );
});
