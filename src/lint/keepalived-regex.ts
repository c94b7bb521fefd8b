/**
 * Why keepalived would never match a regular expression, or not even read it; undefined for one that it takes as it is
 * meant. It gives PCRE2 what was received so far, headers included, and asks for a match that needs to look at nothing
 * behind it (check_http.c: check_regex, PCRE2_PARTIAL_HARD). One that PCRE2 refuses it goes on to use after it was freed
 * (prepare_regex), and says nothing of it in `keepalived -t`. So only that is let through which both PCRE2 and JavaScript
 * read, in the same way.
 */
export function regexFault(pattern: string): string | undefined {
  const words = [...pattern.matchAll(WORD)].map(([word]) => word);
  const foreign = words.find((word, index) => !isKnown(word) || isOddlyRepeated(word, words[index + 1]));
  if (foreign !== undefined) return `${foreign} is not in what keepalived and others read alike`;
  if (!isRegex(pattern)) return 'it is no regular expression';
  const anchor = words.find((word) => word === '^' || word === '$');
  if (anchor !== undefined) return `${anchor} is never found: keepalived knows neither begin nor end of the body`;
  const last = words.findLast((word) => word !== ')');
  if (last !== undefined && LOOKS_AHEAD.test(last))
    return `with ${last} at its end keepalived waits for what follows, which may be nothing`;
  return pattern.length > MOST ? `keepalived.conf holds at most ${MOST} characters` : undefined;
}

function isRegex(pattern: string): boolean {
  try {
    return new RegExp(pattern).source !== '';
  } catch {
    return false;
  }
}

function isKnown(word: string): boolean {
  return KNOWN.some((form) => form.test(word));
}

/** PCRE2 reads bytes, and so repeats the last one of a character; and a group that is repeated often gets too large for it. */
function isOddlyRepeated(word: string, next = ''): boolean {
  return (/^[^ -~]$/u.test(word) && /^[*+?{]/.test(next)) || (word === ')' && next.startsWith('{'));
}

/** Everything is one of these, so that nothing is skipped. */
const WORD = /\\x[0-9a-f]{2}|\\.|\[(?:\\.|[^\]\\])*\]|\(\?[^:=!<)]*[:=!<]?|\{[^}]*\}\??|[*+?]\??|./gisu;

const KNOWN: readonly RegExp[] = [
  /^\\(?:x[0-9A-Fa-f]{2}|[dDwWsSbBnrtf]|[!-/:-@[-`{-~])$/,
  // Not [], which means nothing to one and [] with more to the other, nor a class as the end of a range.
  /^\[(?!\^\])(?!.*(?:\\[dDwWsS]-[^\]]|-\\[dDwWsS]))\^?(?:\\(?:x[0-9A-Fa-f]{2}|[dDwWsSnrtf]|[!-/:-@[-`{-~])|[ -Z^-~])+\]$/,
  /^(?:\(|\(\?i?:|\))$/,
  /^(?:\{\d{1,3}(?:,(?:\d{1,3})?)?\}|[*+?])\??$/,
  /^[^\p{Cc}\\[\](){}*+?]$/u,
];

const LOOKS_AHEAD = /^(?:[*+?]|\{\d+,\d*\}|\\[bB])$/;

/** Escaped, the longest one still fits into a line. */
const MOST = 200;
