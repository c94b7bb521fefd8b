import type { Failure } from '../../../../src/lint/failover/simulate.ts';

/** Directors and what they do for each other, through some events. */
export interface Topology {
  /** A claim. */
  readonly title: string;
  /** YAML, without what all of them have. */
  readonly spec: string;
  /** lb3 takes part only where a priority names it. */
  readonly steps: readonly Step[];
}

export type Step = readonly [
  event: string,
  /** All that is broken now. */
  failures: readonly Failure[],
  /** Who must have the VIPs of each instance, in the order of names; nobody: an empty text. */
  holders: Readonly<Record<string, string>>,
];

/** A folder that each director has for itself: what it tracks is in it. */
export const OWN_FOLDER = '/run/own';

/** What all topologies have; VIPs are those of ha-plan.ts. */
export const COMMON = `
version: 1
keepalived: { vrrp_version: 3, script_user: root }
directors:
  lb1: { address: 10.1.0.1, interface: eth0 }
  lb2: { address: 10.1.0.2, interface: eth0 }
  lb3: { address: 10.1.0.3, interface: eth0 }
`;

export const PRIORITY = 'priority: { lb1: 150, lb2: 100 }';

/** Each is well while a file of its name is in the director's own folder. */
export function scripts(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(
    ([name, rest]) => `    ${name}: { command: /usr/bin/test -e ${OWN_FOLDER}/${name}, ${rest} }\n`,
  );
  return `track:\n  scripts:\n${lines.join('')}`;
}

/** Each is a file of its name in the director's own folder. */
export function files(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings).map(
    ([name, rest]) => `    ${name}: { path: ${OWN_FOLDER}/${name}, ${rest} }\n`,
  );
  return `track:\n  files:\n${lines.join('')}`;
}

/** One instance with one VIP, with more words for it, and sections before it. */
export function web(words: string, rest = ''): string {
  return `${rest}\nvrrp:\n  web: { virtual_router_id: 51, vips: [10.1.0.101], advert_interval: 100ms, ${words} }\n`;
}

export function gone(director: string): Failure {
  return { kind: 'director', director };
}

export function unplugged(director: string, device: string): Failure {
  return { kind: 'interface', director, interface: device };
}

export function failing(name: string, director: string | null): Failure {
  return { kind: 'script', name, director };
}

export function holding(value: number, name: string, director: string | null): Failure {
  return { kind: 'file', name, director, value };
}
