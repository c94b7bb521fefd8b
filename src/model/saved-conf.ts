/** keepalived.conf as it was at some time. */
export interface SavedConf {
  readonly path: string;
  /** Null: there was no file. */
  readonly text: string | null;
}
