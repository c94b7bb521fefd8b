import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { OperationError } from '../../errors.ts';
import type { Answer } from '../../model/verdict.ts';
import { describeSystemError, systemErrorCode } from '../system-error.ts';
import { type Asking, ill, well } from './asked.ts';
import { untilAborted } from './deadline.ts';

/** keepalived reads so many bytes of a file (track_file.c: process_track_file). */
const MOST_BYTES = 127;

/**
 * The number in a file, times `weight`, is added to the weight of the server, with its sign turned by `reverse`, as
 * FILE_CHECK of keepalived does: -2147483647 or less is down, and with weight 0 any number but 0 is (with `reverse`: 0 is).
 * A file that is not there, or has no number, counts as 0.
 */
export const askFile: Asking<'file'> = async ({ probe, surroundings, signal }) => {
  const { number, of } = await untilAborted(readNumber(surroundings.trackFilePath(probe.trackFile)), signal);
  const { weight, reverse } = probe;
  if (weight === 0) return (number !== 0) === reverse ? well(of) : ill(of);
  return judge(number * weight * (reverse ? -1 : 1), of);
};

/** check_data.h: -IPVS_WEIGHT_MAX. */
const DOWN = -2147483647;

function judge(by: number, of: string): Answer {
  if (by <= DOWN) return ill(of);
  // No weight is larger, and 0 changes nothing.
  return { ok: true, detail: of, weight: by === 0 ? null : { kind: 'add', by: Math.min(by, -DOWN) } };
}

async function readNumber(path: string): Promise<{ number: number; of: string }> {
  const text = await readStart(path);
  if (text === null) return { number: 0, of: `0, since there is no ${path}` };
  const number = numberIn(text);
  return { number: number ?? 0, of: number === undefined ? `0, since ${path} has no number` : String(number) };
}

async function readStart(path: string): Promise<string | null> {
  try {
    // Not to wait for whoever writes into a pipe.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(MOST_BYTES));
    return buffer.toString('latin1', 0, bytesRead);
  } catch (cause) {
    if (systemErrorCode(cause) === 'ENOENT') return null;
    throw new OperationError(`Cannot read ${path}: ${describeSystemError(cause)}`, { cause });
  }
}

/** As strtol reads it with base 0: 0x is hex, a leading 0 octal, and what follows the number does not count. */
function numberIn(text: string): number | undefined {
  const [, sign, digits] = /^\s*([+-]?)(0x[0-9a-f]+|0[0-7]*|[1-9][0-9]*)/i.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const isOctal = /^0[0-7]/.test(digits);
  const size = isOctal ? Number.parseInt(digits, 8) : Number(digits);
  return sign === '-' ? -size : size;
}
