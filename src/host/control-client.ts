import { connect, type Socket } from 'node:net';
import { EXIT, OperationError } from '../errors.ts';
import { describeSystemError, systemErrorCode } from './system-error.ts';

/** Sends one line to the daemon behind a socket and returns the line it answers; null where there is no daemon. */
export async function askSocket(
  path: string,
  { line, timeoutSeconds }: { line: string; timeoutSeconds: number },
): Promise<string | null> {
  const socket = connect(path);
  try {
    socket.setEncoding('utf8').write(line);
    return await Promise.race([answerOf(socket), after(socket, timeoutSeconds)]);
  } catch (error) {
    const code = systemErrorCode(error);
    if (code === 'ENOENT' || code === 'ECONNREFUSED') return null;
    throw error instanceof OperationError ? error : cannotAsk(path, error);
  } finally {
    socket.destroy();
  }
}

async function answerOf(socket: Socket): Promise<string> {
  let text = '';
  for await (const chunk of socket) {
    text += chunk as string;
    if (text.includes('\n')) return text;
  }
  throw new OperationError('The daemon ended before it answered', {
    hints: ['Whether it did what was asked is not known: `lvsctl overrides` and `lvsctl status` show it.'],
  });
}

function after(socket: Socket, seconds: number): Promise<never> {
  return new Promise((_, reject) => {
    const timer = setTimeout(() => {
      const hints = ['It may be busy with a slow ipvsadm; it does what was asked when its turn comes.'];
      reject(new OperationError(`The daemon did not answer within ${seconds}s`, { exitCode: EXIT.timedOut, hints }));
    }, seconds * 1000);
    socket.once('close', () => clearTimeout(timer));
  });
}

function cannotAsk(path: string, error: unknown): OperationError {
  return new OperationError(`Cannot ask the daemon at ${path}: ${describeSystemError(error)}`, {
    hints:
      systemErrorCode(error) === 'EACCES'
        ? ['Run as root, or as a member of the group lvsctl.']
        : ['LVSCTL_SOCKET names another socket.'],
    cause: error,
  });
}
