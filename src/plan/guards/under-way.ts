import type { State } from '../../model/state.ts';
import { serviceKey, type VirtualService } from '../../model/table.ts';

/**
 * A service that is on its way out: an earlier plan, which somebody let pass, quiesced and journaled its servers. To end
 * that takes no capacity away, so whoever goes on after a restart is not asked again.
 */
export function isUnderWay(service: VirtualService, { drains }: State): boolean {
  if (service.servers.some(({ weight }) => weight > 0)) return false;
  const key = serviceKey(service.address);
  return drains.some((drain) => drain.service === key);
}
