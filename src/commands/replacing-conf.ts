import type { ConfWork } from '../daemon/conf-keeper.ts';
import { type ConfOutcome, replaceConf } from '../daemon/replace-conf.ts';
import type { KeepalivedHost } from '../host/keepalived.ts';
import type { Kernel } from '../host/kernel.ts';
import type { Expectation } from '../keepalived/verify.ts';
import type { ConfChange } from '../model/conf-change.ts';
import type { Desired } from '../model/desired.ts';
import { serviceKey } from '../model/table.ts';
import { keepalivedDrift } from '../plan/keepalived-drift.ts';
import type { Context } from './context.ts';

/** Replaces keepalived.conf of this host; what is to be seen of keepalived then depends on who wants it. */
export function replaceConfHere(
  context: Context,
  { change, expectation, work }: { change: ConfChange; expectation: Expectation; work: ConfWork },
  host: KeepalivedHost,
): Promise<ConfOutcome> {
  const { desired, isTested, kernel, remember } = work;
  return replaceConf(change, expectation, {
    ...{ keepalived: host, isTested, remember },
    missingInKernel: () => missingInKernel(kernel, { desired, change }),
    sleep: (milliseconds) => context.sleep(milliseconds),
    now: () => context.now(),
  });
}

async function missingInKernel(
  kernel: Kernel,
  { desired, change }: { desired: Desired; change: ConfChange },
): Promise<readonly string[]> {
  const live = await kernel.read();
  const present = new Set(live.services.map(({ address }) => serviceKey(address)));
  const theirs = desired.services.filter(({ owner }) => owner === 'keepalived');
  return [
    ...keepalivedDrift(live, theirs).map(({ subject, message }) => `${subject}: ${message}`),
    ...change.handedOver.filter((key) => !present.has(key)).map((key) => `${key} left the kernel with keepalived`),
  ];
}
