import { OperationError } from '../../errors.ts';
import { splitCommand } from '../../model/command.ts';
import type { Answer } from '../../model/verdict.ts';
import { type ExecResult, exec } from '../exec.ts';
import { accountFor } from './account.ts';
import { type Asked, type Asking, ill, well } from './asked.ts';
import { untilAborted } from './deadline.ts';
import { excerpt } from './excerpt.ts';
import { scriptEnvironment } from './script-environment.ts';

/**
 * A command decides: exit code 0 is well, any other down. With `dynamic`, 2 to 255 are well too, and set the weight to the
 * code less 2, as misc_dynamic of keepalived. When its time is up, its whole process group gets SIGTERM and, half a second
 * later, SIGKILL. Of its output the first line is shown, and nothing else read. No shell reads the command.
 */
export const askScript: Asking<'script'> = async (asked) => {
  const { probe, signal, surroundings } = asked;
  const { env, scriptUser } = surroundings;
  const account = await untilAborted(accountFor(probe.user ?? scriptUser, env), signal);
  const [program = '', ...args] = wordsOf(probe.command);
  const result = await exec(program, args, {
    timeoutSeconds: Number.POSITIVE_INFINITY,
    signal,
    env: scriptEnvironment(asked.question, { PATH: env.PATH, HOME: account?.home ?? env.HOME }),
    isScript: true,
    runAs: account && { uid: account.uid, gid: account.gid },
  });
  signal.throwIfAborted();
  return judge(result, asked);
};

function wordsOf(command: string): string[] {
  const words = splitCommand(command);
  if (typeof words === 'string') throw new TypeError(`"${command}" is no command: ${words}`);
  return words.map(({ text }) => text);
}

function judge(result: ExecResult, { probe }: Asked<'script'>): Answer {
  const { exitCode, signal } = result;
  if (result.failure !== undefined) throw new OperationError(`Cannot run ${probe.command}: ${whyNot(result)}`);
  const said = excerpt(result.stdout) || excerpt(result.stderr);
  const detail = `${exitCode === undefined ? `killed by ${signal}` : `exit code ${exitCode}`}${said && `: ${said}`}`;
  if (exitCode === 0) return well(detail);
  if (!probe.dynamic || exitCode === undefined || exitCode < 2) return ill(detail);
  return { ok: true, detail, weight: { kind: 'set', weight: exitCode - 2 } };
}

function whyNot({ failure, message }: ExecResult): string {
  if (failure === 'missing') return 'it, or its interpreter, is not there';
  return failure === 'denied' ? 'permission denied' : message;
}
