import type { Log } from '../daemon/log-event.ts';
import { RunningChecks } from '../daemon/running-checks.ts';
import { ask } from '../host/probes/ask.ts';
import type { Context } from './context.ts';

/** The checks of the daemon on this host: real questions, by the clock that nobody sets. */
export function watchChecks({ env, now }: Context, parts: { log: Log; onVerdict: () => void }): RunningChecks {
  return new RunningChecks({
    ...parts,
    ask: (question, { signal, keepalived }) =>
      ask(question, {
        signal,
        env,
        scriptUser: keepalived.settings.scriptUser ?? null,
        trackFilePath: (name) => keepalived.trackers.files.find((file) => file.name === name)?.path ?? name,
      }),
    now: () => performance.now(),
    wallNow: now,
    random: () => Math.random(),
    setTimer: (callback, milliseconds) => {
      const timer = setTimeout(callback, Math.ceil(milliseconds));
      return () => clearTimeout(timer);
    },
  });
}
