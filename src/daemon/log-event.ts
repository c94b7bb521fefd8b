/** Everything the daemon says. `event` is what a log search starts from; the other keys depend on it. */
export type LogEvent =
  | {
      readonly event: 'start';
      readonly mode: 'observe' | 'enforce';
      readonly spec: string;
      readonly interval_s: number;
    }
  | { readonly event: 'stop'; readonly reason: string }
  | { readonly event: 'checks-off'; readonly services: number }
  | {
      readonly event: 'spec';
      readonly result: 'loaded' | 'invalid' | 'missing' | 'unreadable' | 'degraded';
      readonly spec_sha256?: string;
      readonly kept_spec_sha256?: string;
      readonly err?: string;
    }
  | {
      readonly event: 'reconcile';
      readonly trigger: string;
      readonly result: 'noop' | 'changed' | 'draining' | 'error';
      readonly spec_sha256?: string;
      readonly plan_checksum?: string;
      readonly done?: number;
      readonly failed?: number;
      readonly duration_ms?: number;
      readonly err?: string;
    }
  | {
      readonly event: 'drift';
      readonly trigger: string;
      readonly subject: string;
      readonly what: string;
      readonly plan_checksum: string;
    }
  | {
      readonly event: 'refused';
      readonly guard: string;
      readonly subject: string;
      readonly override: string;
      readonly spec_sha256: string;
      readonly kept_spec_sha256?: string;
    }
  | {
      readonly event: 'step';
      readonly op: string;
      readonly subject: string;
      readonly result: 'done' | 'failed' | 'skipped';
      readonly origin?: string;
      readonly err?: string;
    };

/** Where the daemon says it: pino as JSON, or lines for people. */
export interface Log {
  debug(event: LogEvent, message: string): void;
  info(event: LogEvent, message: string): void;
  warn(event: LogEvent, message: string): void;
  error(event: LogEvent, message: string): void;
}
