import type { State } from '../model/state.ts';
import type { Target } from './target.ts';

/** The specs that a daemon knows: the one it keeps true, and a newer one that may take its place. */
export class Targets {
  accepted: Target | null = null;
  candidate: Target | null = null;

  get isEmpty(): boolean {
    return this.accepted === null && this.candidate === null;
  }

  /** The newer one first. */
  get inOrder(): readonly Target[] {
    return [this.candidate, this.accepted].filter((target) => target !== null);
  }

  accept(target: Target): void {
    this.accepted = target;
    if (this.candidate === target) this.candidate = null;
  }

  /**
   * A spec that was rolled back from is a new one again, for a guard to refuse; what holds in its place is kept true.
   * `readApplied` knows that one, where anybody does.
   */
  async dropRejected({ rejectedSpec }: State, readApplied: () => Promise<Target | null>): Promise<void> {
    const isRejected = (target: Target | null) => target !== null && target.digest === rejectedSpec;
    if (!isRejected(this.candidate) && !isRejected(this.accepted)) return;
    if (isRejected(this.accepted)) this.candidate ??= this.accepted;
    const applied = await readApplied();
    this.accepted = isRejected(applied) ? null : applied;
  }
}
