import type { DaemonStatus } from '../model/daemon-status.ts';
import { timeText } from './wording.ts';

/** `watch (pid 4711, enforce): spec 9b0c4e123456, in sync at 2026-01-02 03:04:05Z`. */
export function daemonText({ pid, mode, spec, turn }: DaemonStatus): string {
  const what = spec.sha256 === null ? 'no good spec yet' : `spec ${spec.sha256}`;
  const last =
    turn === null ? 'no look at the table yet' : `${turn.result.replaceAll('-', ' ')} at ${timeText(turn.at)}`;
  return `watch (pid ${pid}, ${mode}): ${what}, ${last}`;
}
