import type { Bound } from '../health/bounds.ts';
import type { CheckAccount } from '../health/check-account.ts';
import { jitterSeconds } from '../health/timetable.ts';
import type { Availability } from '../model/availability.ts';
import type { Check } from '../model/check.ts';
import type { DesiredServer, DesiredService } from '../model/desired.ts';
import { formatExactDuration } from '../model/duration.ts';
import { serviceKey } from '../model/table.ts';
import { columns } from './columns.ts';
import type { Paint } from './paint.ts';
import { questionText } from './question-text.ts';
import { wrap } from './wrap.ts';

/** How real servers of a service are checked, for people: what is asked, when, and how soon that tells. */
export function checkText({ service, servers, judged }: CheckAccount, paint: Paint): string {
  const title = `${paint('bold', service.name)} (${serviceKey(service.address)})`;
  if (judged === null) return `${title}, without a check\n\n${neverFound(servers)}`;
  const { check, detection, recovery } = judged;
  return [
    `${title}, checked by ${service.owner}\n`,
    columns(questionRows(servers, check), { right: [] }),
    // What is told of changes asks at no time.
    ...(detection.seconds === 0 ? [] : [columns(timeRows(check, service), { right: [] })]),
    `${boundText('failure', detection)}${boundText('recovery', recovery)}${cautionText(check, service)}`,
  ].join('\n');
}

function neverFound(servers: readonly DesiredServer[]): string {
  return wrap(`A failure of ${servers.map(({ name }) => name).join(', ')} is never found.`);
}

/** Several checks of a real server have a line each, and names. */
function questionRows(servers: readonly DesiredServer[], { mode, checks }: Check): string[][] {
  return servers.flatMap((server) =>
    checks.map((single, index) => [
      index === 0 ? `  ${server.name}` : '',
      ...(checks.length > 1 ? [`${index === 0 ? `${mode} of` : ''}`] : []),
      ...(single.name === null ? [] : [single.name]),
      questionText(single, server),
    ]),
  );
}

function timeRows(check: Check, { owner, availability }: DesiredService): string[][] {
  const { intervalSeconds, fastIntervalSeconds, timeoutSeconds, warmupSeconds, fall, rise } = check;
  const isOurs = owner === 'lvsctl';
  const jitter = isOurs ? `, and by chance up to ${formatExactDuration(jitterSeconds(intervalSeconds))} more` : '';
  const leaves = check.onFailure === 'remove' ? 'is removed' : 'gets weight 0';
  return [
    ['  interval', formatExactDuration(intervalSeconds), `between two questions${jitter}`],
    ['  fast_interval', formatExactDuration(fastIntervalSeconds), 'between them while answers contradict the verdict'],
    ['  timeout', formatExactDuration(timeoutSeconds), 'for an answer'],
    ['  fall', String(fall), `failures in a row after which it ${leaves}`],
    ['  rise', String(isOurs ? rise : 1), 'successes in a row after which it is back'],
    ['  warmup', formatExactDuration(warmupSeconds), 'until the first question, at most'],
    // keepalived has nothing like these.
    ...(isOurs ? softeningRows(check, availability) : []),
  ];
}

function softeningRows({ flapDamping }: Check, { slowStart }: Availability): string[][] {
  const damped = flapDamping && [
    '  flap_damping',
    formatExactDuration(flapDamping.holdSeconds),
    `that it is held out after ${flapDamping.changes} failures within ${formatExactDuration(flapDamping.withinSeconds)}`,
  ];
  const slow = slowStart && [
    '  slow_start',
    formatExactDuration(slowStart.seconds),
    `until it has its weight back, in ${slowStart.steps} steps`,
  ];
  return [damped, slow].filter((row) => row !== null);
}

function boundText(what: 'failure' | 'recovery', { seconds, sum }: Bound): string {
  if (seconds === 0) return wrap(`A ${what} is found ${sum}.`);
  return wrap(`A ${what} is found after ${seconds} s at the latest: ${sum}.`);
}

/**
 * keepalived times the parts of an answer, not the whole (check_http.c: http_read_thread), so its sums hold for a real
 * server that is silent.
 */
function cautionText({ checks }: Check, { owner }: DesiredService): string {
  const isStream = checks.some(({ probe }) => probe.kind === 'http' || probe.kind === 'https');
  if (owner === 'lvsctl' || !isStream) return '';
  return wrap('keepalived waits the whole timeout for each part of an answer: one that trickles in is never found.');
}
