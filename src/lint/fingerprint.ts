import { createHash } from 'node:crypto';
import type { Finding } from './finding.ts';

/**
 * A name for each finding that stays when lines move: made of the rule, the file, the keys that lead there and the
 * message, and, where several have all that in common, of which of them it is. No two are equal.
 */
export function fingerprints(
  findings: readonly Finding[],
  nameOf: (file: string) => string,
): ReadonlyMap<Finding, string> {
  const seen = new Map<string, number>();
  return new Map(
    findings.map((finding) => {
      const identity = [finding.rule, nameOf(finding.range.file), finding.path, withoutLines(finding.message)];
      const text = JSON.stringify(identity);
      const count = seen.get(text) ?? 0;
      seen.set(text, count + 1);
      return [finding, createHash('sha256').update(`${text}${count}`).digest('hex')] as const;
    }),
  );
}

/** Messages about two places name the other one as `file.yaml:12`. */
function withoutLines(message: string): string {
  return message.replace(/(\.ya?ml|<stdin>):\d+(:\d+)?/g, '$1').replace(/\bline \d+/g, 'line');
}
