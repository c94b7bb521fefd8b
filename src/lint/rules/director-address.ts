import type { LoadedSpec } from '../../spec/load.ts';
import { whyNoHost } from '../address-kind.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const directorAddress: Rule = {
  id: 'LVS169',
  name: 'director-address',
  severity: 'error',
  why: 'Directors find each other, and a host finds out which director it is, by their addresses',
  harm: 'The address of a director is where unicast adverts go, and how a host finds out which director of the spec it is. Two directors with one address, or an address that no interface can have, leave one of them without adverts, or with the configuration of the other.',
  examples: {
    bad: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0 }
        lb2: { address: 192.0.2.11, interface: eth0 }
    `,
    good: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0 }
        lb2: { address: 192.0.2.12, interface: eth0 }
    `,
  },
  source: 'lvsctl; RFC 5798 §5.1.1',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const seen = new Map<string, string>();
  for (const [name, { address }] of Object.entries(loaded.spec.directors ?? {})) {
    const path = ['directors', name, 'address'];
    const reason = whyNoHost(address);
    const other = seen.get(address.text);
    if (reason !== undefined)
      yield { path, message: `${address.text} of ${name} is ${reason}`, hint: 'write an address of its own interface' };
    else if (other !== undefined)
      yield {
        path,
        message: `${name} has the address of ${other}, ${address.text}`,
        related: [{ path: ['directors', other, 'address'], message: `the address of ${other}` }],
      };
    else seen.set(address.text, name);
  }
}
