import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { OperationError } from '../../src/errors.ts';
import { ipvsadmKernel } from '../../src/host/ipvsadm-kernel.ts';
import type { Kernel } from '../../src/host/kernel.ts';
import type { RealServer, ServiceAddress } from '../../src/model/table.ts';
import type { Operation } from '../../src/plan/plan.ts';
import { type FakeIpvsadm, fakeIpvsadm } from '../fixtures/fake-ipvsadm.ts';

export const ATTRIBUTES = {
  scheduler: 'wrr',
  schedulerFlags: [],
  persistence: null,
  persistenceEngine: null,
  onePacket: false,
};

export function service(port: number): ServiceAddress {
  return { kind: 'address', family: 'ipv4', protocol: 'tcp', vip: '192.0.2.1', port };
}

export function server(last: number): RealServer {
  const thresholds = { upperThreshold: 10, lowerThreshold: 5 };
  return {
    family: 'ipv4',
    address: `10.0.0.${last}`,
    port: 80,
    forwarding: { method: 'nat' },
    weight: last,
    ...thresholds,
  };
}

/** A service and its servers 1 to 4. */
export const BATCH: readonly Operation[] = [
  { op: 'add-service', service: service(80), attributes: ATTRIBUTES },
  ...[1, 2, 3, 4].map((last): Operation => ({ op: 'add-server', service: service(80), server: server(last) })),
];

export function kernelOver(fake: FakeIpvsadm, faults = ''): Kernel {
  return ipvsadmKernel({ env: { ...fake.env, FAKE_IPVSADM_FAULT: faults }, timeoutSeconds: 2 });
}

/** A fake with the table of BATCH and one service of somebody else, and a kernel over it with these faults. */
export async function filled(t: TestContext, faults: string): Promise<{ fake: FakeIpvsadm; kernel: Kernel }> {
  const fake = fakeIpvsadm(t);
  const foreign: Operation = { op: 'add-service', service: service(9999), attributes: ATTRIBUTES };
  assert.deepEqual(await kernelOver(fake).run([...BATCH, foreign]), []);
  return { fake, kernel: kernelOver(fake, faults) };
}

export async function failureOf(promise: Promise<unknown>): Promise<OperationError> {
  return promise.then(
    () => assert.fail('it should have failed'),
    (error: unknown) => {
      assert.ok(error instanceof OperationError, String(error));
      return error;
    },
  );
}

export function text(error: OperationError): string {
  return [error.message, ...error.hints].join('\n');
}
