import type { ExitCode } from '../errors.ts';
import type { BootTime } from '../model/trial.ts';

/** A stream a verb writes text to. */
export interface Output {
  write(text: string): void;
  readonly isTTY: boolean;
  readonly columns: number;
}

/** What a verb has of the world: main.ts hands in the process's own, a test whatever it wants to see. */
export interface Context {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdinIsTTY: boolean;
  readStdin(): Promise<string>;
  /** Asks one question on the terminal and returns the line typed. */
  ask(question: string): Promise<string>;
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after so many milliseconds. */
  sleep(milliseconds: number): Promise<void>;
  /** What no change of the clock moves. */
  bootTime(): BootTime;
  readonly hostname: string;
  readonly uid: number;
  readonly home: string;
  /** What starts this process anew; null where it is no process of its own. */
  readonly commandLine: { readonly program: readonly string[]; readonly args: readonly string[] } | null;
  /** Ends the process at once, with whatever it is in the middle of. */
  end(code: number): void;
  /** Sets the exit code; the verb returns by itself. */
  exit(code: ExitCode): void;
}
