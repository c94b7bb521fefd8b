import type { LoadedSpec } from '../spec/load.ts';
import type { Finding } from './finding.ts';
import { judge } from './judge.ts';

/**
 * What is wrong or unwise in a spec for a verb that acts on it. Its authors may turn advice off or up, but never an
 * error down: what has errors in it is half read, and a half of a spec takes services away.
 */
export function lint(loaded: LoadedSpec): Finding[] {
  return [...judge(loaded, { levels: new Map(), comments: true, acts: true }).findings];
}
