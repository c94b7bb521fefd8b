import type { LoadedSpec } from '../../spec/load.ts';
import { circlesOf } from '../circles.ts';
import { yaml } from '../example.ts';
import { absence } from '../known-names.ts';
import type { Report, Rule } from '../rule.ts';

export const dependency: Rule = {
  id: 'LVS158',
  name: 'dependency',
  severity: 'error',
  why: 'A dependency on what lvsctl does not check, or on itself, says nothing about the service',
  harm: 'depends_on follows the verdicts of another service. A name that stands nowhere, a service whose checks keepalived runs, and one that depends back on this one have no verdict to follow: the dependency would never take a real server out, and nobody would notice until the day it matters.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, depends_on: [wbe-https] }
        web-https: { vip: 203.0.113.10, port: 443, pool: web }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, depends_on: [web-https] }
        web-https: { vip: 203.0.113.10, port: 443, pool: web }
    `,
  },
  source: 'lvsctl: depends_on',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const services = new Map(loaded.desired.services.map((service) => [service.name, service]));
  const circles = circlesOf(new Map([...services].map(([name, { availability }]) => [name, availability.dependsOn])));
  for (const { name, availability } of services.values()) {
    for (const [index, on] of availability.dependsOn.entries()) {
      const path = ['services', name, 'depends_on', index];
      const absent = absence(loaded, { noun: 'service', name: on, section: ['services'] });
      if (absent !== undefined) yield { path, ...absent };
      else if (services.get(on)?.owner === 'keepalived')
        yield { path, message: `keepalived checks ${on}, and lvsctl does not know what it finds`, hint: OWNER };
      else if (circles.get(name) === circles.get(on))
        yield { path, message: circleMessage(name, on), hint: 'let one of them depend on the other, not both' };
    }
  }
}

const OWNER = 'use owner: lvsctl there, or remove it here';

function circleMessage(name: string, on: string): string {
  return name === on ? `${name} depends on itself` : `${name} depends on ${on}, which depends on ${name}`;
}
