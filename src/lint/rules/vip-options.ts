import { removal } from '../../spec/edit.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { whyNoHost } from '../address-kind.ts';
import { networkKey } from '../../needs/network.ts';
import { isAnyNumber } from '../ip-words.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { type WrittenVip, writtenVips } from '../written-vips.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const vipOptions: Rule = {
  id: 'LVS173',
  name: 'vip-options',
  severity: 'error',
  why: 'keepalived ignores an option that does not fit the address, or leaves the address out; or the kernel refuses it',
  harm: 'A label or a scope belongs to IPv4, a label has at most 15 bytes, and the kernel takes one scope for all addresses of a network on an interface. keepalived ignores an option that does not fit or leaves the address out; one that the kernel refuses is missing on the master, and its service answers nobody.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [{ address: 203.0.113.10/24, scope: universe }]
          priority: { lb1: 150, lb2: 100 }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [{ address: 203.0.113.10/24, scope: global }]
          priority: { lb1: 150, lb2: 100 }
    `,
  },
  source: 'keepalived vrrp_ipaddress.c alloc_ipaddress, measured with 2.2.7; Linux devinet.c __inet_insert_ifa',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const instance of writtenInstances(loaded)) {
    const vips = writtenVips(instance);
    for (const vip of vips) {
      const reason = whyNoHost(vip.address);
      if (reason !== undefined)
        yield { path: vip.path, message: `${vip.address.text} is ${reason}, and can be no VIP` };
      yield* ofIPv6(vip);
      yield* badWords(vip);
    }
    yield* otherScopes(vips);
  }
}

/** __inet_insert_ifa of the kernel: "Invalid scope value". */
function* otherScopes(vips: readonly WrittenVip[]): Iterable<Report> {
  for (const alike of Map.groupBy(vips.filter(hasScope), placeInKernel).values()) {
    // The first one with each scope.
    const firsts = new Map<number | undefined, WrittenVip>();
    for (const vip of alike) {
      const scope = scopeNumber(vip.scope);
      const twin = [...firsts].find(([other]) => other !== scope)?.[1];
      if (!firsts.has(scope)) firsts.set(scope, vip);
      if (twin !== undefined)
        yield {
          path: vip.path,
          message: `${vip.address.text} has scope ${vip.scope ?? 'global'}, and ${twin.address.text} of the same network ${twin.scope ?? 'global'}; the kernel takes one scope for a network`,
          hint: 'give both the same scope',
          related: [{ path: twin.path, message: 'the other one' }],
        };
    }
  }
}

function hasScope({ address, prefixLength }: WrittenVip): boolean {
  return address.family === 'ipv4' && prefixLength !== null && prefixLength > 0 && prefixLength < 32;
}

/** A network on an interface. */
function placeInKernel({ address, prefixLength, interface: device }: WrittenVip): string {
  return `${device} ${networkKey(address.text, prefixLength ?? 32)}`;
}

function* ofIPv6({ path, address, label, scope }: WrittenVip): Iterable<Report> {
  if (address.family === 'ipv4') return;
  for (const [key, value] of Object.entries({ label, scope })) {
    // A global scope is the default, and changes nothing.
    if (value === undefined || (key === 'scope' && scopeNumber(value) === 0)) continue;
    const message = `${address.text} is IPv6, and only an IPv4 address has a ${key}`;
    yield { path: [...path, key], side: 'key', message, hint: 'remove it', fix: removal([...path, key]) };
  }
}

function* badWords({ path, address, label, scope }: WrittenVip): Iterable<Report> {
  if (address.family === 'ipv6') return;
  const bytes = Buffer.byteLength(label ?? '');
  if (bytes > 15)
    yield { path: [...path, 'label'], message: `A label has at most 15 bytes, and "${label}" has ${bytes}` };
  if (scopeNumber(scope) === undefined)
    yield {
      path: [...path, 'scope'],
      message: `"${scope}" is no scope`,
      hint: 'write site, link, host, nowhere, global or a number from 0 to 255',
    };
}

/** Names as /etc/iproute2/rt_scopes and keepalived have them. */
const SCOPES = new Map(Object.entries({ global: 0, site: 200, link: 253, host: 254, nowhere: 255 }));

function scopeNumber(scope = 'global'): number | undefined {
  return SCOPES.get(scope) ?? (isAnyNumber(scope, 255) ? Number(scope) : undefined);
}
