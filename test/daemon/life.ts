/** Counts what an lvsctl does to the world; from the given one on, nothing gets through any more. */
export class Life {
  private effects = 0;
  private readonly end: number;

  constructor(end: number) {
    this.end = end;
  }

  /** Called on either side of an effect, so that death may come before it and after it. */
  beat(): void {
    this.effects += 1;
    if (this.isOver) throw new Error('dead');
  }

  get isOver(): boolean {
    return this.effects >= this.end;
  }
}
