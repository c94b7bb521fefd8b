/** Everything the daemon says. `event` is what a log search starts from; the other keys depend on it. */
export type LogEvent =
  | {
      readonly event: 'start';
      readonly mode: 'observe' | 'enforce';
      readonly spec: string;
      readonly interval_s: number;
    }
  | { readonly event: 'stop'; readonly reason: string }
  | { readonly event: 'overrides-damaged'; readonly err: string }
  | {
      readonly event: 'override';
      /** `stands`: somebody else wrote it, or it was there when the daemon started. */
      readonly result: 'set' | 'ended' | 'expired' | 'stands';
      readonly id: string;
      readonly subject: string;
      readonly what: string;
      readonly author: string;
      readonly reason?: string;
      readonly until?: string;
      /** Of the process that asked. */
      readonly pid?: number;
      readonly uid?: number;
    }
  | { readonly event: 'control'; readonly path: string; readonly err?: string }
  | { readonly event: 'capacity'; readonly service: string; readonly result: 'short' | 'enough' }
  | {
      readonly event: 'verdict';
      readonly subject: string;
      readonly address: string;
      readonly from: string;
      readonly to: string;
      readonly detail: string;
      /** How long the former verdict lasted. */
      readonly lasted_s?: number;
    }
  | { readonly event: 'check-fault'; readonly subject: string; readonly err: string }
  | { readonly event: 'checks-late'; readonly late_s: number; readonly interval_s: number }
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
      readonly event: 'keepalived';
      readonly result: 'done' | 'refused' | 'rolled-back' | 'broken';
      readonly action: string;
      readonly path: string;
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
  | { readonly event: 'unconfirmed' }
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
