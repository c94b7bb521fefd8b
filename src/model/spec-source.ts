/** One file of a spec. */
export interface SpecText {
  readonly name: string;
  readonly text: string;
}

/** Which release of a spec lies on the disk. */
export interface SpecRevision {
  /** Full hash of the newest commit that touched the spec. */
  readonly commit: string;
  /** Its commit time, epoch seconds. */
  readonly time: number;
  /** Something in it differs from that commit, or was never committed. */
  readonly dirty: boolean;
}

/** A spec as it was written, and which one it is. */
export interface SpecSource {
  readonly files: readonly SpecText[];
  /** SHA-256 over what its files say, whatever they are called and wherever they lie. */
  readonly digest: string;
  /** Null outside of git. */
  readonly revision: SpecRevision | null;
}
