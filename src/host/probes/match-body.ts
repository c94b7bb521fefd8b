import { types } from 'node:util';
import { createContext, Script } from 'node:vm';

/** As long as one comparison may hold up all the others; a MiB that is read through takes about one millisecond. */
export const MATCH_MILLISECONDS = 100;
/** For a pattern that took too long once, and will again. */
const SLOW_MILLISECONDS = 10;

export type Match = 'found' | 'not-found' | 'too-slow';

const slowPatterns = new Set<string>();
const context = createContext({ pattern: /^/, text: '' }) as { pattern: RegExp; text: string };
const script = new Script('pattern.test(text)');

/**
 * Looks for a pattern in what a real server sent. JavaScript goes back and tries again, which with `(a+)+$` takes for ever
 * and with ` +$` grows as the square of the body: what decides is not ours, so no look at the pattern alone is enough, and
 * each comparison has an end.
 */
export function matchBody(pattern: string, text: string): Match {
  const regex = new RegExp(pattern);
  // A watchdog costs a tenth of a millisecond. What repeats nothing and has no choice needs none.
  if (!/[*+?{|]/.test(pattern)) return found(regex.test(text));
  // Twice, since it is time of the clock that is measured, and this process may have had none of it.
  const match = testWithin(regex, text, limitOf(pattern)) ?? testWithin(regex, text, limitOf(pattern));
  if (match !== null) return found(match);
  slowPatterns.add(pattern);
  return 'too-slow';
}

function limitOf(pattern: string): number {
  return slowPatterns.has(pattern) ? SLOW_MILLISECONDS : MATCH_MILLISECONDS;
}

/** Null: it took longer. */
function testWithin(pattern: RegExp, text: string, timeout: number): boolean | null {
  Object.assign(context, { pattern, text });
  try {
    return script.runInContext(context, { timeout }) === true;
  } catch (error) {
    // It is an Error of that context, and none of ours.
    if (types.isNativeError(error) && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return null;
    throw error;
  } finally {
    context.text = '';
  }
}

function found(isFound: boolean): Match {
  return isFound ? 'found' : 'not-found';
}
