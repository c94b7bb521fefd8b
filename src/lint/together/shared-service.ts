import { yaml } from '../example.ts';
import { serviceKey } from '../../model/table.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { TogetherReport, TogetherRule } from './rule.ts';
import { sharedDirector } from './segment.ts';

export const sharedService: TogetherRule = {
  id: 'LVS283',
  name: 'shared-service',
  severity: 'error',
  why: 'A kernel has one service per address and port, or per mark: two specs that have it on one director undo each other at every run',
  harm: 'The kernel of a director has one service for an address and port, or for a mark. Two specs that have it each write their own scheduler and real servers into that one, and each takes away what the other put there. Both runs end well, and the clients go where the last one said.',
  examples: {
    bad: {
      specs: {
        'web.lvs.yaml': yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
        'mail.lvs.yaml': yaml`
      pools: { mail: { mail-1: 10.0.0.31, mail-2: 10.0.0.32 } }
      services:
        webmail: { vip: 203.0.113.10, port: 80, pool: mail }
    `,
      },
    },
    good: {
      specs: {
        'web.lvs.yaml': yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web }
    `,
        'mail.lvs.yaml': yaml`
      pools: { mail: { mail-1: 10.0.0.31, mail-2: 10.0.0.32 } }
      services:
        webmail: { vip: 203.0.113.10, port: 8080, pool: mail }
    `,
      },
    },
  },
  source: 'ip_vs_ctl.c ip_vs_add_service; ipvsadm(8)',
  check,
};

function* check(later: LoadedSpec, earlier: LoadedSpec): Iterable<TogetherReport> {
  const director = sharedDirector(later, earlier);
  if (director === undefined) return;
  const known = new Map(earlier.desired.services.map(({ name, address }) => [serviceKey(address), name]));
  for (const { name, address } of later.desired.services) {
    const key = serviceKey(address);
    const twin = known.get(key);
    // A VIP that both hold is a finding of its own.
    const isHeldTwice =
      address.kind === 'address' && [later, earlier].every(({ desired }) => desired.heldVips?.includes(address.vip));
    if (twin === undefined || isHeldTwice) continue;
    yield {
      loaded: later,
      path: ['services', name],
      side: 'key',
      message: `${name} and ${twin} in another spec are both ${key}, and director ${director} has both`,
      hint: address.kind === 'fwmark' ? 'choose another mark' : 'remove one of the two',
      other: { loaded: earlier, path: ['services', twin], side: 'key', message: `${twin}` },
    };
  }
}
