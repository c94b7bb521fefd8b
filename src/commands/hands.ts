import type { Hands } from '../daemon/hands.ts';
import type { Context } from './context.ts';
import type { HandOptions } from './hand-options.ts';
import { remoteHands } from './remote-hands.ts';
import { openSession } from './session.ts';
import { sessionHands } from './session-hands.ts';
import { readSpec } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';

/**
 * What a verb decides with: the daemon, where one runs (its spec counts then, not one that is named here), else this
 * process. Null: the spec has errors, which were printed.
 */
export async function openHands(
  context: Context,
  { verb, options }: { verb: string; options: HandOptions },
): Promise<Hands | null> {
  const daemon = await remoteHands(context, options);
  if (daemon !== null) return daemon;
  const spec = await readSpec(context, specPaths(context, options));
  if (spec === null) return null;
  const session = openSession(context, options);
  const { lockTimeout, netns } = options;
  const readOverrides = () => session.readOverrides();
  const basis = { desired: () => spec.desired, verdicts: () => undefined };
  return sessionHands(context, { session, ...basis, readOverrides, verb, lockTimeout, netns });
}
