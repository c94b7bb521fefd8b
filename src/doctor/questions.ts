import { modulesOf } from './modules.ts';
import { interfacesOf, needsKeepalived, partsOf, vipsOf } from './part.ts';
import type { DirectorHost } from './rule.ts';

/** Facts that not every host is asked for. */
export type Topic = 'routes' | 'neighbours' | 'listeners' | 'guePorts' | 'versions' | 'clock' | 'keepalived';

/** What has to be looked at for a host. */
export interface Questions {
  readonly topics: ReadonlySet<Topic>;
  readonly modules: readonly string[];
  /** Addresses that no file should give the host for good. */
  readonly moving: readonly string[];
  /** Interfaces that VIPs come to. */
  readonly interfaces: readonly string[];
  readonly listen: Listening | null;
}

export interface Listening {
  readonly seconds: number;
  /** IPv4 VIPs to ask for by ARP. */
  readonly questions: readonly { readonly address: string; readonly interface: string }[];
}

export function directorQuestions(
  host: Pick<DirectorHost, 'desired' | 'director'>,
  listenSeconds: number | null,
): Questions {
  const { desired } = host;
  const parts = partsOf(host);
  const isTunnelled = desired.services.some(({ servers }) =>
    servers.some(({ forwarding }) => forwarding.method === 'tun'),
  );
  return {
    topics: new Set<Topic>([
      ...(isTunnelled ? (['routes'] as const) : []),
      ...(['neighbours', 'versions', 'clock', 'keepalived'] as const),
    ]),
    modules: [...new Set(['ip_vs', ...modulesOf(desired).map(({ module }) => module)])],
    moving: parts.flatMap(({ instance }) => vipsOf(instance).map(({ address }) => address.text)),
    interfaces: needsKeepalived(host) ? [...interfacesOf(host).keys()] : [],
    listen: listenSeconds === null ? null : { seconds: listenSeconds, questions: arpQuestions(host) },
  };
}

function arpQuestions(host: Pick<DirectorHost, 'desired' | 'director'>): Listening['questions'] {
  return partsOf(host).flatMap(({ instance, member }) =>
    vipsOf(instance).flatMap(({ address, interface: own }) => {
      const device = own ?? member.interface;
      return device === null || address.family === 'ipv6' ? [] : [{ address: address.text, interface: device }];
    }),
  );
}

/** For a real server, of any spec. */
export const SERVING_QUESTIONS: Questions = {
  topics: new Set(['routes', 'listeners', 'guePorts']),
  modules: [],
  moving: [],
  interfaces: [],
  listen: null,
};
