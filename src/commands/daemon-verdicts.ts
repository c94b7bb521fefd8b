import { OperationError } from '../errors.ts';
import type { Desired } from '../model/desired.ts';
import { checkKey, type Verdicts } from '../model/verdict.ts';
import { askDaemon } from './ask-daemon.ts';
import type { Context } from './context.ts';

/** It may be stopped: that is no reason to wait for long. */
const ANSWER_SECONDS = 2;

/**
 * What the checks of a running daemon say of the real servers of a spec; undefined where none runs, so that nobody checks.
 * A server that it does not know, or has not asked yet, counts as well: else nobody would add it while it observes.
 */
export async function daemonVerdicts(
  context: Context,
  { netns }: { netns?: string | undefined },
  { services }: Desired,
): Promise<Verdicts | undefined> {
  const checked = services
    .filter(({ owner }) => owner === 'lvsctl')
    .flatMap(({ address, servers }) => servers.map((server) => ({ key: checkKey(address, server), ...server })))
    .filter(({ check }) => check !== null);
  if (checked.length === 0) return undefined;
  const known = await ask(context, netns);
  if (known === null) return undefined;
  return new Map(
    checked.map(({ key }) => {
      const verdict = known.get(key);
      return [key, verdict === undefined || verdict.kind === 'unknown' ? WELL : verdict] as const;
    }),
  );
}

const WELL = { kind: 'up', since: 0, detail: '', weight: null } as const;

async function ask(context: Context, netns: string | undefined): Promise<Verdicts | null> {
  try {
    const found = await askDaemon(
      context,
      { netns },
      { request: 'verdicts', body: {}, timeoutSeconds: ANSWER_SECONDS },
    );
    return found?.answer ? new Map(found.answer) : null;
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    context.stderr.write(
      `What the checks of watch say is not known, so all real servers count as well: ${error.message}\n`,
    );
    return null;
  }
}
