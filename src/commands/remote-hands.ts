import type { Conversations } from '../daemon/control.ts';
import type { Hands } from '../daemon/hands.ts';
import { OperationError } from '../errors.ts';
import { askDaemon } from './ask-daemon.ts';
import type { Context } from './context.ts';

/** Hands of the daemon: while it runs, it is the one that writes. Null where there is none. */
export async function remoteHands(context: Context, place: { netns?: string | undefined }): Promise<Hands | null> {
  const ask = async <Name extends keyof Conversations>(request: Name, body: Conversations[Name]['body']) => {
    const found = await askDaemon(context, place, { request, body });
    if (found !== null) return found.answer;
    throw new OperationError('The daemon is gone', { hints: ['The same again does it without the daemon.'] });
  };
  if ((await askDaemon(context, place, { request: 'ping', body: {} })) === null) return null;
  return {
    set: (order) => ask('override-set', order),
    end: (order) => ask('override-end', order),
    follow: (id) => ask('override-follow', { id }),
    list: () => ask('overrides', {}),
  };
}
