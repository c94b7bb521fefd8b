import { isScalar, type YAMLMap } from 'yaml';
import { parseAddress } from '../model/address.ts';
import type { Range } from '../model/origin.ts';
import { spanOf } from './parse.ts';
import type { SpecProblem } from './problem.ts';
import { rangeIn, type SourceLines } from './source.ts';
import type { RangeOf, SyntaxFault } from './syntax-problem.ts';

/** YAML takes `vip: 2001:db8::` for a mapping inside a mapping, since the text ends in a colon. */
export function bareIpv6At(
  { code, pos: [start] }: SyntaxFault,
  { text, rangeOf }: { text: string; rangeOf: RangeOf },
): SpecProblem | undefined {
  if (code !== 'BLOCK_AS_IMPLICIT_KEY' && code !== 'BLOCK_IN_FLOW') return undefined;
  const word = /^[0-9a-fA-F:.]+:/.exec(text.slice(start, start + 64))?.[0];
  if (word === undefined || parseAddress(word) === undefined) return undefined;
  return unquotedIpv6(word, rangeOf(start, start + word.length));
}

/** In a list, and on a line of its own, it sees nothing wrong: `2001:db8::` maps `2001:db8:` to nothing. */
export function bareIpv6In(
  map: YAMLMap,
  source: SourceLines,
): { readonly address: string; readonly problem: SpecProblem } | undefined {
  const [only, second] = map.items;
  if (only === undefined || second !== undefined || !isScalar(only.key) || only.key.type !== 'PLAIN') return undefined;
  if (isScalar(only.value) ? only.value.source !== '' : only.value !== null) return undefined;
  const address = `${only.key.source}:`;
  const [start] = spanOf(only.key);
  const isBare = source.text.startsWith(address, start) && source.text[spanOf(map)[0]] !== '{';
  if (!isBare || !address.endsWith('::') || parseAddress(address) === undefined) return undefined;
  return { address, problem: unquotedIpv6(address, rangeIn(source, [start, start + address.length])) };
}

function unquotedIpv6(address: string, range: Range): SpecProblem {
  return {
    rule: 'unquoted-ipv6',
    message: `YAML reads ${address} as a mapping, because it ends in a colon`,
    range,
    hint: `write "${address}" with quotes`,
    fix: { description: 'Put the address in quotes', edits: [{ range, text: `"${address}"` }] },
  };
}
