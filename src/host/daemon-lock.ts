import { EXIT, OperationError } from '../errors.ts';
import { describeHolder, holdFile, type Lock } from './lock.ts';

/**
 * Makes us the only daemon behind a control socket, for as long as we live. So whatever socket is there already was left
 * behind by one that is gone.
 */
export function holdDaemonLock(socketPath: string): Promise<Lock> {
  return holdFile(`${socketPath}.lock`, { command: 'watch', timeoutSeconds: 0 }, (holder) => {
    const who = holder === null ? '' : describeHolder(holder);
    return new OperationError(`Another lvsctl watch${who} keeps this table, and answers at ${socketPath}`, {
      exitCode: EXIT.refused,
      hints: ['Stop that one first, or give this one a socket of its own: LVSCTL_SOCKET.'],
    });
  });
}
