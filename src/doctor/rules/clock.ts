import type { DirectorHost, NotSeen, Report, Rule } from '../rule.ts';
import { notSeen } from '../rule.ts';

export const clock: Rule<DirectorHost> = {
  id: 'DOC109',
  name: 'clock',
  severity: 'info',
  why: 'Logs of directors whose clocks differ do not tell who was master first',
  source: 'timedatectl(1), adjtimex(2): STA_UNSYNC',
  check,
};

function* check({ facts }: DirectorHost): Iterable<Report | NotSeen> {
  if (!facts.clockIsSynchronised.known) yield* notSeen(facts.clockIsSynchronised);
  else if (!facts.clockIsSynchronised.value)
    yield {
      seen: 'The clock is not synchronised',
      wanted: 'A clock that NTP or the like holds',
      ...(facts.hasSystemd ? { fix: ['timedatectl set-ntp true'] } : { advice: 'Run chrony or systemd-timesyncd' }),
    };
}
