import { createHash } from 'node:crypto';
import type { HttpProbe, StatusRange } from '../../model/check.ts';
import type { Answer } from '../../model/verdict.ts';
import { ill, well } from './asked.ts';
import type { Body } from './http-body.ts';
import { MATCH_MILLISECONDS, matchBody } from './match-body.ts';

export interface HttpResponse {
  readonly status: number;
  readonly body: Body;
}

/** Whether a response is what a check wants. */
export function judgeResponse({ status, body }: HttpResponse, probe: HttpProbe): Answer {
  if (!probe.status.some(({ first, last }) => first <= status && status <= last))
    return ill(`status ${status}, wanted ${probe.status.map(formatRange).join(',')}`);
  const size = `${body.bytes.length} bytes`;
  if (probe.digest !== null) {
    if (body.isCut) return ill(`the body has more than ${size}, too many for a digest`);
    const digest = createHash(HASHES[probe.digest.length] ?? 'sha256')
      .update(body.bytes)
      .digest('hex');
    if (digest !== probe.digest) return ill(`the digest of the body is ${digest}`);
  }
  if (probe.body !== null) {
    const match = matchBody(probe.body, body.bytes.toString());
    const where = `${body.isCut ? 'its first ' : ''}${size}`;
    if (match === 'too-slow')
      return ill(
        `body takes too long to match (more than ${MATCH_MILLISECONDS} ms), in ${where}: simplify the pattern`,
      );
    if (match === 'not-found') return ill(`body does not match, in ${where}`);
  }
  return well(`status ${status}, ${body.isCut ? 'more than ' : ''}${size}`);
}

/** By the number of hex digits. */
const HASHES: Readonly<Record<number, string>> = { 32: 'md5', 64: 'sha256' };

function formatRange({ first, last }: StatusRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}
