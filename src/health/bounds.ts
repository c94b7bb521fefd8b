import type { Check } from '../model/check.ts';
import type { Owner } from '../model/desired.ts';
import { formatExactDuration } from '../model/duration.ts';
import { jitterSeconds } from './timetable.ts';

/** How long something takes at worst, and how that adds up; whatever makes the director itself late comes on top. */
export interface Bound {
  readonly seconds: number;
  readonly sum: string;
}

interface Part {
  readonly times: number;
  readonly seconds: number;
  readonly what: string;
}

/**
 * From the failure of a real server to the verdict. One that fails right after a success is asked again an interval later,
 * and counts as failed after `fall` questions, each of which may take the whole timeout (keepalived likewise, check_api.c:
 * delay_loop, retry, delay_before_retry, connect_timeout; it has no jitter).
 */
export function detectionOf(check: Check, owner: Owner): Bound {
  if (isTold(check, owner)) return AT_ONCE;
  const { fall, timeoutSeconds } = check;
  return added([
    ...wait(check, owner),
    { times: fall, seconds: timeoutSeconds, what: 'timeout' },
    { times: fall - 1, ...fastInterval(check) },
  ]);
}

/**
 * From the recovery of a real server to the verdict. A question that is out when it recovers may still fail; then `rise`
 * are asked, of keepalived one (check_tcp.c: tcp_epilog). Where flapping is damped, it is held, and the next success
 * after that lets it go.
 */
export function recoveryOf(check: Check, owner: Owner): Bound {
  if (isTold(check, owner)) return AT_ONCE;
  const { timeoutSeconds } = check;
  const { rise, flapDamping } = owner === 'keepalived' ? { rise: 1, flapDamping: null } : check;
  const isHeld = flapDamping !== null;
  return added([
    ...wait(check, owner),
    { times: rise + 1, seconds: timeoutSeconds, what: 'timeout' },
    { times: rise - 1, ...fastInterval(check) },
    ...(isHeld ? [{ times: 1, seconds: flapDamping.holdSeconds, what: 'hold' }, ...wait(check, owner)] : []),
    { times: isHeld ? 1 : 0, seconds: timeoutSeconds, what: 'timeout' },
  ]);
}

const AT_ONCE: Bound = { seconds: 0, sum: 'at once' };

/** keepalived is told of these by the file system, and by BFD. */
function isTold({ checks }: Check, owner: Owner): boolean {
  return owner === 'keepalived' && checks.every(({ probe }) => probe.kind === 'file' || probe.kind === 'bfd');
}

/** From one question to the next while the verdict stands. */
function wait({ intervalSeconds }: Check, owner: Owner): Part[] {
  return [
    { times: 1, seconds: intervalSeconds, what: 'interval' },
    { times: owner === 'lvsctl' ? 1 : 0, seconds: jitterSeconds(intervalSeconds), what: 'jitter' },
  ];
}

function fastInterval({ intervalSeconds, fastIntervalSeconds }: Check): Omit<Part, 'times'> {
  const what = fastIntervalSeconds === intervalSeconds ? 'interval' : 'fast_interval';
  return { seconds: fastIntervalSeconds, what };
}

function added(parts: readonly Part[]): Bound {
  return {
    // Whole milliseconds: 0.1 and 0.2 make more than 0.3.
    seconds: Math.round(parts.reduce((total, { times, seconds }) => total + times * seconds * 1000, 0)) / 1000,
    sum: parts
      .filter(({ times }) => times > 0)
      .map(({ times, seconds, what }) => `${times === 1 ? '' : `${times} x `}${what} ${formatExactDuration(seconds)}`)
      .join(' + '),
  };
}
