/** Why the daemon looks now. */
export type Trigger =
  | 'start'
  | 'spec-changed'
  | 'drift-timer'
  | 'drain'
  | 'sighup'
  | 'verdict'
  | 'reload'
  | 'override'
  | 'unconfirmed';
