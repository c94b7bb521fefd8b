import type { Check, Probe, SingleCheck } from '../model/check.ts';
import { type Block, block, optional, present, type Statement, statement } from './block.ts';
import { connects } from './check-timers.ts';
import { decimal } from './decimal.ts';
import { httpChecker } from './http-checker.ts';
import { userWords } from './script-statement.ts';

/** A block for each check: a real server is up while all of them succeed. */
export function checkers(check: Check | null): Block[] {
  if (check === null) return [];
  if (check.mode === 'any' && check.checks.length > 1) throw notInKeepalived('check that needs one success of several');
  return check.checks.map((single) => checker(single, check));
}

function checker(single: SingleCheck, check: Check): Block {
  const { probe } = single;
  const shared = sharedStatements(single, check);
  switch (probe.kind) {
    case 'tcp':
      return block(['TCP_CHECK'], shared);
    case 'ping':
      return block(['PING_CHECK'], shared);
    case 'http':
    case 'https':
      return httpChecker(probe, shared);
    case 'dns':
      return block(['DNS_CHECK'], [...shared, statement('type', probe.type), statement('name', probe.name)]);
    case 'udp':
      return block(['UDP_CHECK'], [...shared, ...optional('payload', probe.payload), ...replyStatements(probe.reply)]);
    case 'smtp':
      return block(['SMTP_CHECK'], [...shared, ...optional('helo_name', probe.helo)]);
    case 'script':
      return block(['MISC_CHECK'], [...shared, ...scriptStatements(probe, check)]);
    case 'file':
      return block(['FILE_CHECK'], fileStatements(probe));
    case 'bfd':
      return block(['BFD_CHECK'], [statement('name', probe.instance)]);
    default:
      throw notInKeepalived(`check of kind ${probe.kind}`);
  }
}

/** Lint refuses a spec with it, so that nobody gets here; a check left out would mean a real server that is always up. */
function notInKeepalived(what: string): Error {
  return new Error(`keepalived has no ${what}`);
}

/**
 * `retry` is always written, since its default depends on the checker (check_api.c, check_dns.c, check_misc.c). It counts
 * the failures after the first one, and 0 is taken in a checker only, not for a service or a real server.
 */
function sharedStatements({ probe, address, port, source }: SingleCheck, { fall }: Check): Statement[] {
  return [
    statement('retry', fall - 1),
    ...(connects(probe.kind) ? optional('connect_ip', address?.text) : []),
    ...(connects(probe.kind) && probe.kind !== 'ping' ? optional('connect_port', port) : []),
    ...(connects(probe.kind) ? optional('bindto', source?.text) : []),
  ];
}

/**
 * keepalived compares as many bytes as both have, and takes no reply longer than 255 bytes unless told so
 * (check_udp.c: check_udp_reply).
 */
function replyStatements(reply: string | null): Statement[] {
  if (reply === null) return [];
  return [
    statement('require_reply', reply),
    statement('min_reply_length', reply.length / 2),
    statement('max_reply_length', 65535),
  ];
}

function scriptStatements(
  { command, user, dynamic }: Extract<Probe, { kind: 'script' }>,
  { timeoutSeconds }: Check,
): Statement[] {
  const words = userWords(user);
  return [
    statement('misc_path', { command }),
    statement('misc_timeout', decimal(timeoutSeconds)),
    ...present('misc_dynamic', dynamic),
    ...(words.length === 0 ? [] : [statement('user', ...words)]),
  ];
}

function fileStatements({ trackFile, weight, reverse }: Extract<Probe, { kind: 'file' }>): Statement[] {
  return [statement('track_file', trackFile), statement('weight', weight, ...(reverse ? ['reverse'] : []))];
}
