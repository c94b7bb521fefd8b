import { OperationError } from '../errors.ts';
import type { ExecResult } from './exec.ts';

/** One call of ipvsadm, for messages about it. */
export interface ToolCall {
  /** Path or name of the program. */
  readonly ipvsadm: string;
  readonly args: readonly string[];
  readonly netns: string | undefined;
  readonly timeoutSeconds: number;
}

/** True when the output may be believed: a crash leaves a part of the listing behind, and looks short, not broken. */
export function endedWell({ exitCode, failure, timedOut, signal }: ExecResult): boolean {
  return exitCode === 0 && signal === undefined && failure === undefined && !timedOut;
}

/** What a failed call means and what to do about it. */
export function toolError(call: ToolCall, result: ExecResult): OperationError {
  return notStarted(call, result) ?? endedEarly(call, result) ?? refusedBySystem(call, result) ?? failed(call, result);
}

function notStarted(
  { ipvsadm, netns }: ToolCall,
  { failure, stderr, message }: ExecResult,
): OperationError | undefined {
  const byIp = /^exec of ".*" failed: (.+)$/m.exec(stderr)?.[1];
  if (failure === 'missing' && netns !== undefined) return missing('ip', 'iproute2');
  if (failure === 'missing' || byIp === 'No such file or directory') return missing(ipvsadm, 'ipvsadm');
  if (failure === 'denied' || byIp === 'Permission denied') {
    return notExecutable(failure === 'denied' && netns !== undefined ? 'ip' : ipvsadm);
  }
  return failure === 'other' ? new OperationError(`Cannot run ${ipvsadm}: ${message}`) : undefined;
}

function missing(program: string, debianPackage: string): OperationError {
  return new OperationError(`Cannot find the program ${program}`, {
    hints: [`Install it: apt install ${debianPackage}`],
  });
}

function notExecutable(program: string): OperationError {
  return new OperationError(`Cannot run ${program}: it is not executable for this user`, {
    hints: [`Check its permissions, and those of the directories above it: ls -l "$(command -v ${program})"`],
  });
}

/** As a person would type it. */
export function commandText({ args, netns }: Pick<ToolCall, 'args' | 'netns'>): string {
  const command = ['ipvsadm', ...args].join(' ');
  return netns === undefined ? command : `ip netns exec ${netns} ${command}`;
}

function endedEarly(call: ToolCall, { signal, timedOut, failure }: ExecResult): OperationError | undefined {
  const command = commandText(call);
  if (timedOut) return hung(call);
  if (failure === 'too-long')
    return new OperationError(`"${command}" printed more than lvsctl can take, so it was not used`);
  if (signal === 'SIGSEGV') return crashed(call);
  if (signal === undefined) return undefined;
  return new OperationError(`"${command}" was ended by ${signal}, so what it printed was not used`);
}

function hung(call: ToolCall): OperationError {
  return new OperationError(`"${commandText(call)}" gave no answer within ${call.timeoutSeconds} s and was stopped`, {
    hints: [
      'Something may hold the kernel lock of IPVS: look for hanging programs with "ps axo pid,stat,wchan:30,args | grep -E \'ipvsadm|keepalived|modprobe\'"',
    ],
  });
}

function crashed(call: ToolCall): OperationError {
  const find = commandText({ ...call, args: ['-Ln', '--tun-info'] });
  return new OperationError(`"${commandText(call)}" crashed (SIGSEGV), so what it printed was not used`, {
    // ipvsadm.c indexes a table of three texts with tun_flags; other programs can set more bits.
    hints: [
      'ipvsadm 1.31 crashes on a tunnel server with checksum flags that it has no name for, set by another program',
      `Look in "${find}" for a tunnel server whose TunnelInfo ends in something else than -c, +c or r+c, and remove it with ipvsadm -d`,
    ],
  });
}

function refusedBySystem({ netns }: ToolCall, { stderr }: ExecResult): OperationError | undefined {
  if (/^Cannot open network namespace .*: No such file or directory$/m.test(stderr)) {
    return new OperationError(`There is no network namespace "${netns}"`, {
      hints: ['See the ones there are: ip netns list'],
    });
  }
  if (/Permission denied|Operation not permitted/.test(stderr)) return noPermission();
  return /Protocol not available|Module ip_vs not found/.test(stderr) ? noModule() : undefined;
}

function noPermission(): OperationError {
  return new OperationError('No permission to read or change IPVS', {
    hints: [
      'Run as root, or with CAP_NET_ADMIN in the initial user namespace: root inside a container with its own user namespace is not enough',
    ],
  });
}

function noModule(): OperationError {
  return new OperationError('This kernel has no IPVS: the module ip_vs is not loaded and cannot be loaded from here', {
    hints: [
      'Load it on the host: modprobe ip_vs',
      'When modprobe does not find it, install the modules of the running kernel, or boot a kernel that has them (CONFIG_IP_VS)',
    ],
  });
}

function failed(call: ToolCall, { exitCode, stderr }: ExecResult): OperationError {
  const said = stderr.trim().replaceAll('\n', '; ') || 'it said nothing';
  return new OperationError(`"${commandText(call)}" failed with exit code ${exitCode}: ${said}`);
}
