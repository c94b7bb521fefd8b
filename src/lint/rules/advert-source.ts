import type { Address } from '../../model/address.ts';
import type { VrrpMember } from '../../model/vrrp.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { FAMILY_NAMES, whyNoHost } from '../address-kind.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { directorsLost, isLost, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const advertSource: Rule = {
  id: 'LVS175',
  name: 'advert-source',
  severity: 'error',
  why: 'keepalived skips a source of the other family, and with unicast it would then speak to nobody',
  harm: 'An advert of an IPv6 instance leaves from an IPv6 address, and the other way round. keepalived skips a source that does not fit; with unicast it then speaks to nobody, and no director hears of the other.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          source: { lb1: "2001:db8::11" }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          source: { lb1: 192.0.2.21 }
    `,
  },
  source: 'keepalived vrrp_parser.c vrrp_srcip_handler: "MUST be of the same family"; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const { name, meant } = instance;
    if (meant.vips.length === 0 || isLost(loaded, instance, 'vips', 'source', 'unicast')) continue;
    if (directorsLost(loaded, instance)) continue;
    for (const member of meant.members) {
      if (member.source === null) continue;
      const fault = faultOf(member.source, meant.family);
      if (fault === undefined) continue;
      const isOwn = instance.written.source?.[member.director] !== undefined;
      yield {
        path: [...instance.path, ...(isOwn ? ['source', member.director] : ['unicast'])],
        ...(isOwn ? {} : { side: 'key' as const }),
        message: `${member.director} would send the adverts of ${name} from ${member.source.text}, ${fault}`,
        hint: hintFor(member, { instance, isOwn }),
        ...(isOwn ? {} : { related: [directorAddress(member)] }),
      };
    }
  }
}

function faultOf(source: Address, family: Address['family']): string | undefined {
  if (source.family !== family) return `which is ${FAMILY_NAMES[source.family]}, but they are ${FAMILY_NAMES[family]}`;
  const reason = whyNoHost(source);
  return reason === undefined ? undefined : `which is ${reason}`;
}

function hintFor({ director }: VrrpMember, { instance, isOwn }: { instance: WrittenInstance; isOwn: boolean }): string {
  const wanted = `an ${FAMILY_NAMES[instance.meant.family]} address of ${director}`;
  return isOwn ? `write ${wanted}` : `add source: { ${director}: ... } with ${wanted}`;
}

function directorAddress({ director }: VrrpMember): { readonly path: Path; readonly message: string } {
  return { path: ['directors', director, 'address'], message: `the address of ${director}` };
}
