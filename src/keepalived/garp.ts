import type { Garp } from '../model/vrrp.ts';
import { boolean, optional, type Statement } from './block.ts';

/** How VIPs are announced; the prefix is `vrrp_` for all instances, in global_defs, and empty in one of them. */
export function garpStatements(garp: Garp, prefix: '' | 'vrrp_'): Statement[] {
  return [
    ...optional(`${prefix}garp_master_delay`, garp.delay),
    ...optional(`${prefix}garp_master_repeat`, garp.repeat),
    ...optional(`${prefix}garp_master_refresh`, garp.refresh),
    ...optional(`${prefix}garp_master_refresh_repeat`, garp.refreshRepeat),
    ...optional(`${prefix}garp_lower_prio_delay`, garp.lowerPrioDelay),
    ...optional(`${prefix}garp_lower_prio_repeat`, garp.lowerPrioRepeat),
    ...boolean(`${prefix}lower_prio_no_advert`, garp.lowerPrioNoAdvert),
    ...boolean(`${prefix}higher_prio_send_advert`, garp.higherPrioSendAdvert),
  ];
}
