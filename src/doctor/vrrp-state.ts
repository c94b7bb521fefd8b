import { parseAddress } from '../model/address.ts';
import type { VrrpStatus } from '../model/keepalived-status.ts';
import { type Fact, type HostFacts, known } from './facts.ts';

/** What keepalived says of its instances, by their names; empty where it does not run. */
export function statesOf({ keepalived }: HostFacts): Fact<ReadonlyMap<string, VrrpStatus>> {
  if (!keepalived.known) return keepalived;
  if (keepalived.value.pids.length === 0) return known(new Map());
  const { instances } = keepalived.value;
  return instances.known ? known(new Map(instances.value.map((one) => [one.name, canonical(one)]))) : instances;
}

/** Addresses as the spec has them. */
function canonical(status: VrrpStatus): VrrpStatus {
  return { ...status, vips: status.vips.map((text) => parseAddress(text)?.text ?? text) };
}
