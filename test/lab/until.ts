/** Waits until something holds; throws with `describe()` when it does not in time. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  { seconds = 60, describe = () => '' }: { seconds?: number; describe?: () => string } = {},
): Promise<void> {
  const limit = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > limit) throw new Error(`Not within ${seconds} s: ${holds}\n${describe()}`);
    await new Promise((done) => setTimeout(done, 20));
  }
}
