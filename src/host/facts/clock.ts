import { type Fact, known, unknown } from '../../doctor/facts.ts';
import { type Listing, listing } from './look-at-all.ts';

// Without systemd, timedatectl has nobody to ask.
const SCRIPT = `timedatectl show --property=NTPSynchronized 2>/dev/null ||
  adjtimex --print 2>/dev/null || busybox adjtimex`;

/** Whether something holds the clock. */
export const CLOCK: Listing<boolean> = listing(['sh', '-c', SCRIPT], readClock);

// linux/timex.h
const STA_UNSYNC = 0x40;

/** `NTPSynchronized=yes`, or a line `status: 64 (UNSYNC)`. */
export function readClock(output: Fact<string>): Fact<boolean> {
  const text = output.known ? output.value : '';
  const [, answer] = /^NTPSynchronized=(\w+)/m.exec(text) ?? [];
  if (answer !== undefined) return known(answer === 'yes');
  const [, status] = /^\s*status:\s+(\d+)/m.exec(text) ?? [];
  if (status !== undefined) return known((Number(status) & STA_UNSYNC) === 0);
  return unknown('Whether the clock is synchronised is told by timedatectl or adjtimex, and neither answers here');
}
