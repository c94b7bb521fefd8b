import { type Command, InvalidArgumentError, Option } from 'commander';
import type { OverrideTarget } from '../model/override.ts';
import { parseTarget } from '../model/override-target.ts';
import { type EndSubject, type HandOrder, type HandPermissions, parseSubject } from '../plan/hand-order.ts';
import { authorOf } from './author.ts';
import type { Context } from './context.ts';
import { addSpecOptions, durationArgument, shareArgument, type SpecOptions } from './options.ts';

/** What all verbs share that decide something by hand. */
export interface HandOptions extends SpecOptions {
  readonly maxRemove?: number;
  readonly allowEmpty?: boolean;
  readonly lockTimeout: number;
}

/** And those that begin something. */
export interface SetOptions extends HandOptions {
  readonly reason?: string;
  readonly ttl?: number;
}

export function addHandOptions(command: Command, context: Context): Command {
  return addSpecOptions(command, context)
    .addOption(
      new Option('--max-remove <share>', 'share of a service that may leave at once, as 50%').argParser(shareArgument),
    )
    .option('--allow-empty', 'a service without a server that takes connections is meant')
    .addOption(
      new Option('--lock-timeout <duration>', 'how long to wait for another writer')
        .default(10, '10s')
        .argParser(durationArgument),
    );
}

export function addSetOptions(command: Command, context: Context): Command {
  return addHandOptions(command, context)
    .addOption(
      new Option('--reason <text>', 'why; must be said for more than one real server').argParser(reasonArgument),
    )
    .addOption(
      new Option('--ttl <duration>', 'how long it holds (default: until somebody ends it)').argParser(ttlArgument),
    );
}

/** What a verb orders besides its action. */
export function orderBasis(context: Context, options: SetOptions): Omit<HandOrder, 'target' | 'action'> {
  return {
    reason: options.reason ?? null,
    ttlSeconds: options.ttl ?? null,
    drainSeconds: null,
    author: authorOf(context),
    permissions: permissionsByHand(options),
  };
}

export function permissionsByHand({ maxRemove, allowEmpty }: HandOptions): HandPermissions {
  return { maxRemove: maxRemove ?? null, empty: allowEmpty ?? false };
}

export function targetArgument(text: string): OverrideTarget {
  const target = parseTarget(text);
  if (target === undefined) throw new InvalidArgumentError('Write SERVICE/SERVER, pool:NAME or address:IP.');
  return target;
}

export function subjectArgument(text: string): EndSubject {
  return parseSubject(text) ?? targetArgument(text);
}

function reasonArgument(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('Say why, in a few words.');
  return text.trim();
}

function ttlArgument(text: string): number {
  const seconds = durationArgument(text);
  if (seconds < 1) throw new InvalidArgumentError('It is one second at least.');
  return seconds;
}
