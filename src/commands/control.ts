import { answerLine, cutOffLine } from '../daemon/answer-line.ts';
import type { ControlDesk } from '../daemon/control.ts';
import type { Log } from '../daemon/log-event.ts';
import { serveControl } from '../host/control-server.ts';
import { holdDaemonLock } from '../host/daemon-lock.ts';
import { groupId } from '../host/group-id.ts';
import type { Context } from './context.ts';
import { controlPath } from './control-path.ts';

/** The control socket of a daemon. */
export interface Control {
  /** Those who asked before get their answers now. */
  answerWith(desk: ControlDesk): void;
  close(): Promise<void>;
}

/** Makes us the daemon of a network namespace, and opens the socket that says so. */
export async function openControl(
  context: Context,
  { netns, log }: { netns: string | undefined; log: Log },
): Promise<Control> {
  const { path, isOwnDirectory } = controlPath(context, netns);
  const lock = await holdDaemonLock(path);
  const desk = Promise.withResolvers<ControlDesk>();
  const fault = (error: unknown) =>
    log.error(
      { event: 'control', path, err: error instanceof Error ? (error.stack ?? error.message) : String(error) },
      'a request found a fault in lvsctl',
    );
  const server = await serveControl({
    ...{ path, isOwnDirectory, env: context.env, tell: cutOffLine },
    // Nobody else may give a file to a group.
    group: context.uid === 0 ? await groupId('lvsctl', context.env) : null,
    answer: async (line, caller) => answerLine(line, { desk: await desk.promise, caller, fault }),
  });
  log.debug({ event: 'control', path }, `answering at ${path}`);
  return {
    answerWith: desk.resolve,
    close: async () => {
      await server.close();
      await lock.release();
    },
  };
}
