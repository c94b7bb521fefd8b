import type { Check } from '../../model/check.ts';
import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import { yaml } from '../example.ts';
import { questionsPerSecond } from '../check-time.ts';
import type { Report, Rule } from '../rule.ts';
import { type CheckOfServer, checksIn } from '../written-checks.ts';

export const checkLoad: Rule = {
  id: 'LVS246',
  name: 'check-load',
  severity: 'warning',
  why: 'Every director asks every real server of every service; what is a short interval for one is a storm for all of them',
  harm: 'Each director asks every real server of every service by itself, the backup too. A host with several ports, or in several services, is asked for each of them, and the questions add up on it and on the one process of keepalived or lvsctl that asks. Each check alone looks reasonable, and what becomes slow is the service itself.',
  examples: {
    bad: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, check: { tcp: {}, interval: 100ms, timeout: 100ms } }
        api: { vip: 203.0.113.10, port: 81, pool: web, check: { tcp: {}, interval: 100ms, timeout: 100ms } }
    `,
    good: yaml`
      services:
        web: { vip: 203.0.113.10, port: 80, pool: web, check: { tcp: {}, interval: 2s, timeout: 1s } }
    `,
  },
  source: 'acassen/keepalived: one process asks, release notes of 2.3.0',
  check,
};

/** Questions a second that a host may get, that a director may ask, and programs that it may start for them. */
const MOST = { server: 20, director: 1000, scripts: 50 };

function* check(loaded: LoadedSpec): Iterable<Report> {
  const places = loaded.desired.services
    .flatMap((service) => checksIn(loaded, service))
    .flatMap((place) => timed(loaded, place));
  const first = places[0];
  if (first === undefined) return;
  const tooMany = overloaded(places, Math.max(1, loaded.desired.directors.length));
  const total = sum(places);
  const scripts = sum(places.filter(({ check }) => check.checks.some(({ probe }) => probe.kind === 'script')));
  const hint = 'lengthen the interval';
  if (tooMany !== undefined) yield { path: [...tooMany.fastest.path, 'interval'], message: tooMany.message, hint };
  else if (total > MOST.director)
    yield {
      path: [...fastestOf(places, first).path, 'interval'],
      message: `A director asks ${Math.round(total)} questions a second, of ${places.length} real servers; ${MOST.director} are a lot`,
      hint,
    };
  else if (scripts > MOST.scripts)
    yield {
      path: [...fastestOf(places, first).path, 'interval'],
      message: `A director starts ${Math.round(scripts)} programs a second for its checks; ${MOST.scripts} are a lot`,
      hint: 'lengthen the interval, or use a check without a program',
    };
}

/** A check of a real server, and how often it asks. */
interface TimedCheck {
  readonly path: Path;
  readonly address: string;
  readonly check: Check;
  readonly rate: number;
}

/** A timeout above the interval is a finding of its own. */
function timed(loaded: LoadedSpec, { path, server: { address, check } }: CheckOfServer): readonly TimedCheck[] {
  if (check === null || loaded.damaged(path) || check.timeoutSeconds > check.intervalSeconds) return [];
  return [{ path, address, check, rate: questionsPerSecond(check) }];
}

/** The host that is asked most, with the check that asks it most. */
function overloaded(
  places: readonly TimedCheck[],
  directors: number,
): { readonly fastest: TimedCheck; readonly message: string } | undefined {
  for (const [address, own] of Map.groupBy(places, ({ address }) => address)) {
    const rate = sum(own) * directors;
    const [first] = own;
    if (first === undefined || rate <= MOST.server) continue;
    const fastest = fastestOf(own, first);
    const many = directors === 1 ? '' : ` by ${directors} directors`;
    return {
      fastest,
      message: `${address} is asked ${Math.round(rate)} questions a second${many}, for ${own.length} real servers of the spec; ${MOST.server} are a lot`,
    };
  }
  return undefined;
}

function sum(places: readonly TimedCheck[]): number {
  return places.reduce((total, { rate }) => total + rate, 0);
}

function fastestOf(places: readonly TimedCheck[], first: TimedCheck): TimedCheck {
  return places.reduce((fastest, place) => (place.rate > fastest.rate ? place : fastest), first);
}
