import type { LoadedSpec } from '../../spec/load.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';
import { writtenInstances } from '../written-vrrp.ts';

export const clearPassword: Rule = {
  id: 'LVS223',
  name: 'clear-password',
  severity: 'warning',
  why: 'Whoever sees an advert sees the password, so it keeps out mistakes at most; and it stands in the spec as well',
  harm: 'The type pass puts the password into every advert in clear. Whoever can send adverts on the network can also read it, so it keeps out a wrong configuration at most; version 3 of the protocol has dropped it for that reason.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          authentication: { type: pass, password: S3cret-1 }
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
    `,
  },
  source: 'RFC 3768 §10; RFC 5798 §9; acassen/keepalived#2224',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const { name, path, meant } of writtenInstances(loaded)) {
    if (meant.authentication?.type !== 'pass') continue;
    yield {
      path: [...path, 'authentication', 'type'],
      message: `${name} sends its password in clear with every advert`,
      hint: 'remove authentication, and let a filter take protocol 112 from the directors only',
    };
  }
}
