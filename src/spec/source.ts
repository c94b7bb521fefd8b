/** The text of one spec file under the name that findings show. */
export interface SourceFile {
  readonly name: string;
  readonly text: string;
}

/** Above this a file is refused before it is parsed: 8 MiB hold about 100,000 real servers. */
export const MAX_SOURCE_BYTES = 8 * 1024 * 1024;
