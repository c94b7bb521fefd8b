import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serviceKey } from '../../../src/model/table.ts';
import { bareTable } from '../../bare-table.ts';
import { desiredOf, renderedConf } from '../../keepalived/rendered.ts';
import { specText } from '../../keepalived/row.ts';
import { SERVER_ROWS } from '../../keepalived/server-rows.ts';
import { SERVICE_ROWS } from '../../keepalived/service-rows.ts';
import { serviceOf, serviceSpec } from '../../keepalived/service-spec.ts';
import { freshKernel } from '../fresh-kernel.ts';
import { runKeepalived } from './running.ts';

const parts = [
  // Debian's kernels have no ip_vs_twos.
  ...SERVICE_ROWS.filter(({ spec }) => spec.scheduler !== 'twos').map(({ spec }) => ({ service: spec })),
  ...SERVER_ROWS.map(({ spec }) => ({ server: spec })),
];

test('keepalived puts every key of a service and of a real server into the kernel as it is written', async (t) => {
  const services = Object.fromEntries(parts.map((part, index) => [`row-${index}`, serviceOf(index, part)]));
  const spec = specText(serviceSpec(services));
  const { netns, kernel } = freshKernel(t);
  const running = await runKeepalived(t, netns, await renderedConf(spec));
  // Those with a check come and go, and with alpha they are not there at first.
  const wanted = desiredOf(spec).services.filter(
    ({ availability, servers }) => !availability.alpha && servers.every(({ check }) => check === null),
  );
  const keys = new Set(wanted.map(({ address }) => serviceKey(address)));
  const live = await kernel.read();
  assert.deepEqual(
    live.services.filter(({ address }) => keys.has(serviceKey(address))),
    bareTable(wanted),
  );
  assert.doesNotMatch(running.log(), /IPVS.*error/i);
  await running.stop();
  assert.deepEqual((await kernel.read()).services, []);
});
