/**
 * A line without its comment and the blanks around it. A comment begins anywhere, also in the middle of a word, unless in
 * double quotes or behind a backslash; single quotes protect nothing. A backslash at the very end outlives the comment
 * before it (parser.c: decomment).
 */
export function withoutComment(line: string): string {
  const text = line.replace(/^[ \t]+/, '');
  const isContinued = /(?<!\\)(?:\\\\)*\\$/.test(text);
  const body = isContinued ? text.slice(0, -1) : text;
  const kept = body
    .slice(0, commentAt(body))
    .replace(PARTS, unescaped)
    .replace(/[ \t]+$/, '');
  return isContinued ? `${kept}\\` : kept;
}

function commentAt(text: string): number {
  for (const { 0: part, index } of text.matchAll(PARTS)) if (part === '#' || part === '!') return index;
  return text.length;
}

function unescaped(part: string): string {
  return part === '\\#' || part === '\\!' ? part.slice(1) : part;
}

/** Quoted text, where a backslash hides what follows, also a quote; an escaped character; what begins a comment. */
const PARTS = /"(?:\\.|[^"\\])*(?:"|$)|\\.|[#!]/g;
