/** Something that waits for a moment, in monotonic milliseconds. */
export interface Timed {
  at: number;
  /** Its place in the heap that holds it. */
  position: number;
}

/** A binary heap, the earliest first, out of which anything can be taken. */
export class DueHeap<T extends Timed> {
  private readonly items: T[] = [];

  get size(): number {
    return this.items.length;
  }

  get first(): T | undefined {
    return this.items[0];
  }

  add(item: T): void {
    this.items.push(item);
    this.raise(item, this.items.length - 1);
  }

  /** False: it is not in here. */
  remove(item: T): boolean {
    const { position } = item;
    if (this.items[position] !== item) return false;
    const last = this.items.pop();
    if (last !== undefined && last !== item) {
      this.raise(last, position);
      this.lower(last, last.position);
    }
    return true;
  }

  private raise(item: T, from: number): void {
    let position = from;
    while (position > 0) {
      const above = (position - 1) >> 1;
      const parent = this.items[above];
      if (parent === undefined || parent.at <= item.at) break;
      this.put(parent, position);
      position = above;
    }
    this.put(item, position);
  }

  private lower(item: T, from: number): void {
    let position = from;
    for (;;) {
      const left = this.items[2 * position + 1];
      const right = this.items[2 * position + 2];
      const child = left !== undefined && right !== undefined && right.at < left.at ? right : left;
      if (child === undefined || child.at >= item.at) break;
      const below = child.position;
      this.put(child, position);
      position = below;
    }
    this.put(item, position);
  }

  private put(item: T, position: number): void {
    this.items[position] = item;
    item.position = position;
  }
}
