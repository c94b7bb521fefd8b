import { removal } from '../../spec/edit.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { type WrittenVip, writtenVips } from '../written-vips.ts';
import { directorsOf, type WrittenInstance, writtenInstances } from '../written-vrrp.ts';

export const duplicateVip: Rule = {
  id: 'LVS172',
  name: 'duplicate-vip',
  severity: 'error',
  why: 'Two instances that move the same address take it from each other, and one that has it twice stumbles over itself',
  harm: 'When two instances move one address, the one that gives it up takes it from the other, which is still master: the VIP is held by nobody. keepalived 2.2.7 says nothing about it; within one instance it is an error since 2.3.3.',
  examples: {
    bad: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        api: { virtual_router_id: 52, vips: [203.0.113.20/24, 203.0.113.10/24], priority: { lb1: 100, lb2: 150 } }
    `,
    good: yaml`
      vrrp:
        web: { virtual_router_id: 51, vips: [203.0.113.10/24], priority: { lb1: 150, lb2: 100 } }
        api: { virtual_router_id: 52, vips: [203.0.113.20/24], priority: { lb1: 100, lb2: 150 } }
    `,
  },
  source: 'keepalived vrrp_ipaddress.c: an error since 2.3.3 within an instance; measured: silent with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const seen = new Map<string, HeldVip>();
  for (const instance of writtenInstances(loaded)) {
    // With the instance itself, since it need have no director.
    const holders = [`of ${instance.name}`, ...directorsOf(instance).map((director) => `on ${director}`)];
    for (const vip of writtenVips(instance)) {
      const marks = holders.map((holder) => `${vip.address.text} ${holder}`);
      const twin = marks.map((mark) => seen.get(mark)).find((one) => one !== undefined);
      for (const mark of marks) if (!seen.has(mark)) seen.set(mark, { ...vip, by: instance });
      if (twin === undefined) continue;
      const isOwn = twin.by === instance;
      yield {
        path: vip.path,
        message: `${vip.address.text} is a VIP of ${instance.name}${isOwn ? ' twice' : ` and of ${twin.by.name}`}`,
        hint: isOwn ? 'remove one of them' : 'let one instance have it, since some director has both',
        ...(isOwn && isSameAs(vip, twin) && { fix: removal(vip.path) }),
        related: [{ path: twin.path, message: isOwn ? 'the other one' : `that of ${twin.by.name}` }],
      };
    }
  }
}

interface HeldVip extends WrittenVip {
  readonly by: WrittenInstance;
}

/** Whether it makes no difference which of the two stays. */
function isSameAs(vip: WrittenVip, twin: WrittenVip): boolean {
  const keys = ['prefixLength', 'interface', 'label', 'scope'] as const;
  return vip.path.at(-2) === twin.path.at(-2) && keys.every((key) => vip[key] === twin[key]);
}
