import type { VrrpInstance } from '../../model/vrrp.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { isLinkLocal } from '../address-kind.ts';
import { isOlder } from '../../model/version-order.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { isLost, isStrict, strictPath, writtenInstances } from '../written-vrrp.ts';

export const strictMode: Rule = {
  id: 'LVS179',
  name: 'strict-mode',
  severity: 'error',
  why: 'In strict mode keepalived resets what RFC 5798 does not have, and from 2.4.0 on it ends at once over unicast',
  harm: "Strict mode is copied from keepalived's sample, and holds an instance to the RFC: authentication, preempt_delay, repeated gratuitous ARP and more are reset, with a message at most. With keepalived 2.4.0 and later an instance that sends unicast makes it end, and with it every VIP of the director.",
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          version: 3
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          strict: true
          preempt_delay: 60s
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          version: 3
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          strict: false
          preempt_delay: 60s
    `,
  },
  source:
    'keepalived vrrp.c vrrp_complete_instance; measured with 2.2.7; on strict mode: acassen/keepalived#474, #1373, #2046, #1142, #2319, #2339',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const { name, path, meant } = instance;
    if (!isStrict(loaded, meant) || isLost(loaded, instance, 'strict', 'vips', 'unicast')) continue;
    for (const { keys, what, hint = 'remove it, or strict' } of conflictsOf(meant, loaded.desired.keepalived.version))
      yield {
        path: [...path, ...keys],
        side: 'key',
        message: `${name} is strict, and ${what}`,
        hint,
        related: [{ path: strictPath(instance), message: 'strict here' }],
      };
  }
}

interface Conflict {
  readonly keys: Path;
  /** The end of a sentence. */
  readonly what: string;
  readonly hint?: string;
}

function conflictsOf(instance: VrrpInstance, version: string): readonly Conflict[] {
  const { unicast, preemptDelaySeconds, downTimerAdverts, vmac, garp } = instance;
  const conflicts: readonly (Conflict & { readonly isSo: boolean })[] = [
    {
      isSo: unicast !== null && !isOlder(version, '2.4.0'),
      keys: ['unicast'],
      what: `keepalived ${version} does not start with unicast then`,
    },
    {
      isSo: instance.authentication !== null && instance.version === 2,
      keys: ['authentication'],
      what: 'authentication is ignored then',
    },
    { isSo: (preemptDelaySeconds ?? 0) > 0, keys: ['preempt_delay'], what: 'preempt_delay is reset then' },
    { isSo: (downTimerAdverts ?? 3) !== 3, keys: ['down_timer_adverts'], what: 'down_timer_adverts is 3 then' },
    { isSo: vmac?.xmitBase === true, keys: ['vmac', 'xmit_base'], what: 'adverts leave by the virtual interface then' },
    {
      isSo: vmac?.xmitBase === false && unicast !== null,
      keys: ['vmac'],
      what: 'adverts cannot leave by unicast from a virtual interface',
    },
    { isSo: garp.lowerPrioRepeat !== undefined, keys: ['garp', 'lower_prio_repeat'], what: 'nothing is repeated then' },
    { isSo: (garp.lowerPrioDelay ?? 0) > 0, keys: ['garp', 'lower_prio_delay'], what: 'nothing is repeated then' },
    {
      isSo: garp.lowerPrioNoAdvert === false,
      keys: ['garp', 'lower_prio_no_advert'],
      what: 'adverts with a lower priority stay unanswered then',
    },
    {
      isSo: garp.higherPrioSendAdvert === true,
      keys: ['garp', 'higher_prio_send_advert'],
      what: 'no such advert is sent then',
    },
    {
      isSo: lacksLinkLocal(instance),
      keys: ['vips'],
      what: 'its first IPv6 VIP must be link-local',
      hint: 'add one from fe80::/10, or remove strict',
    },
  ];
  return conflicts.filter(({ isSo }) => isSo);
}

/** RFC 5798 §5.2.9; keepalived does not ask for it with unicast. */
function lacksLinkLocal({ family, unicast, vips }: VrrpInstance): boolean {
  return family === 'ipv6' && unicast === null && vips.length > 0 && !vips.some(({ address }) => isLinkLocal(address));
}
