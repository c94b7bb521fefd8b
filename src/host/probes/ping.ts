import { OperationError } from '../../errors.ts';
import type { ExecResult } from '../exec.ts';
import { execInNetns } from '../in-netns.ts';
import { type Asking, ill, well } from './asked.ts';
import { excerpt } from './excerpt.ts';

/** The address answers one ICMP echo, sent by the ping of the system (iputils or busybox), which has the right to. */
export const askPing: Asking<'ping'> = async ({ address, source, signal, question, surroundings }) => {
  const from = source === null ? [] : ['-I', source.text];
  // Longer than the question, which ends with `signal`.
  const wait = ['-W', String(Math.ceil(question.timeoutSeconds) + 1)];
  const result = await execInNetns(['ping', '-n', '-c', '1', ...wait, ...from, address.text], {
    timeoutSeconds: Number.POSITIVE_INFINITY,
    signal,
    env: surroundings.env,
  });
  signal.throwIfAborted();
  if (result.exitCode === 0) return well(/time=.*/.exec(result.stdout)?.[0] ?? 'reply');
  throwIfOurs(result);
  return ill(reasonIn(result));
};

function throwIfOurs({ failure, stderr, message }: ExecResult): void {
  if (failure === 'missing') throw new OperationError('ping is not installed', { hints: ['On Debian: iputils-ping'] });
  if (failure !== undefined) throw new OperationError(`ping cannot be run: ${message}`);
  const fault = /^.*(?:not permitted|permission denied|not supported|bind:|can't set).*$/im.exec(stderr)?.[0];
  if (fault !== undefined) throw new OperationError(`This host cannot ping: ${excerpt(fault)}`);
}

/** `From 10.0.0.1 icmp_seq=1 Destination Host Unreachable`, or what kept the packet from leaving. */
function reasonIn({ stdout, stderr }: ExecResult): string {
  const reason = /^From .* icmp_seq=\d+ (.+)$/m.exec(stdout)?.[1] ?? /^ping: (?:.*: )?(.+)$/m.exec(stderr)?.[1];
  return reason === undefined ? 'no reply' : excerpt(reason).toLowerCase();
}
