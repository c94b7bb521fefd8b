import { type Ending, historyEntry } from '../daemon/history-entry.ts';
import type { HistoryEntry, HistoryVerb } from '../model/history.ts';
import type { SpecSource } from '../model/spec-source.ts';
import { authorOf } from './author.ts';
import type { Context } from './context.ts';
import type { Session } from './session.ts';

/** Writes what became of a plan into the history. A disk that is full must not make a failure of what was done. */
export async function rememberEnding(
  context: Context,
  ending: Ending,
  about: { session: Session; verb: HistoryVerb; source: SpecSource | null; snapshot: string | null; at: number },
): Promise<void> {
  const { session, ...rest } = about;
  const entry = historyEntry(ending, { author: authorOf(context), ...rest });
  if (entry !== null) await remember(context, entry, session);
}

export async function remember(context: Context, entry: HistoryEntry, { history }: Session): Promise<void> {
  await history.append(entry).catch((error: unknown) => {
    context.stderr.write(`Warning: the history lacks this one. ${error instanceof Error ? error.message : error}\n`);
  });
}
