import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import type { RealServerHost } from '../needs/real-server-hosts.ts';
import type { Fact, HostFacts } from './facts.ts';
import type { Severity } from './finding.ts';

/** What a rule judges: a host as it is, and what the spec wants of it. */
export interface Host {
  readonly facts: HostFacts;
  readonly desired: Desired;
}

export interface DirectorHost extends Host {
  /** Null: the spec has no directors, so it is for this one, and somebody else holds the VIPs. */
  readonly director: Director | null;
}

export interface ServingHost extends Host {
  readonly server: RealServerHost;
}

/** What a rule has to say. */
export interface Report {
  readonly seen: string;
  readonly wanted: string;
  /** Default: that of the rule. */
  readonly why?: string;
  readonly fix?: readonly string[];
  readonly advice?: string;
}

/** That a rule could not look, and why. */
export interface NotSeen {
  readonly unseen: string;
}

/** One thing that may be wrong with a host of this kind. */
export interface Rule<H extends Host> {
  /** 1xx programs and kernel, 2xx sysctl, 3xx network, 4xx keepalived, 5xx real server. */
  readonly id: `DOC${number}`;
  readonly name: string;
  readonly severity: Severity;
  readonly why: string;
  /** Who says so: a manual page, a kernel or keepalived source file, a measurement. */
  readonly source: string;
  check(host: H): Iterable<Report | NotSeen>;
}

export function notSeen(fact: Fact<unknown>): NotSeen[] {
  return fact.known ? [] : [{ unseen: fact.reason }];
}
