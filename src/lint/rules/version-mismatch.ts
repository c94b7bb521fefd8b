import { yaml } from '../example.ts';
import { isOlder } from '../../model/version-order.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import { type DeclaredDirector, declaredDirectors } from '../declared-hosts.ts';
import { missingIn } from '../kernel-needs.ts';
import type { Report, Rule } from '../rule.ts';

export const versionMismatch: Rule = {
  id: 'LVS251',
  name: 'version-mismatch',
  severity: 'warning',
  why: 'Directors of different versions may not take each other for valid: checksums of adverts, addresses in them, and sync messages have changed',
  harm: 'What directors say to each other has changed between releases: the checksum of version 3 adverts by unicast, the addresses in them, and the messages of the connection sync. A director that drops the adverts of the other hears nobody, and becomes master beside it. Each of them alone is right, so it shows only when the two meet.',
  examples: {
    bad: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { keepalived: "2.2.7" } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { keepalived: "2.3.4" } }
    `,
    good: yaml`
      directors:
        lb1: { address: 192.0.2.11, interface: eth0, host: { keepalived: "2.2.7" } }
        lb2: { address: 192.0.2.12, interface: eth0, host: { keepalived: "2.2.7" } }
    `,
  },
  source: 'keepalived release notes 1.3.7, 2.2.8, 2.3.3; acassen/keepalived#642, #1175; ip_vs_sync.c',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  const { version } = loaded.desired.keepalived;
  // Older than what is written for, or needed, is a finding of its own.
  const hosts = declaredDirectors(loaded).filter(
    ({ host: { keepalived = version, kernel } }) =>
      !isOlder(keepalived, version) && (kernel === undefined || missingIn(loaded, kernel).length === 0),
  );
  const [first, ...others] = hosts;
  if (first === undefined) return;
  for (const other of others) {
    yield* differing(first, other, { key: 'keepalived', what: 'keepalived', short: (text) => text });
    yield* differing(first, other, { key: 'kernel', what: 'Linux', short: series });
  }
}

/** Patches of one series of the kernel do not matter. */
function series(release: string): string {
  return /^\d+\.\d+/.exec(release)?.[0] ?? release;
}

function* differing(
  first: DeclaredDirector,
  other: DeclaredDirector,
  { key, what, short }: { key: 'keepalived' | 'kernel'; what: string; short: (text: string) => string },
): Iterable<Report> {
  const [wanted, seen] = [first.host[key], other.host[key]];
  if (wanted === undefined || seen === undefined || short(wanted) === short(seen)) return;
  yield {
    path: [...other.path, key],
    message: `${other.name} has ${what} ${seen}, and ${first.name} has ${wanted}`,
    hint: 'upgrade one of them soon; until then try a failover',
    related: [{ path: [...first.path, key], message: `that of ${first.name}` }],
  };
}
