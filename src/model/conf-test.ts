/** How `keepalived -t` ended. */
export interface ConfTest {
  readonly output: string;
  /** Null when it died of a signal, as 2.2.7 does for some files that it should refuse. */
  readonly exitCode: number | null;
}
