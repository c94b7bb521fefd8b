import type { TestEvent } from 'node:test/reporters';

/** What became of a suite's tests. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** A node:test reporter that writes one `Tally` as JSON, at the end of a run that came to its end. */
export default async function* tallyReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let filesWithoutTests = 0;
  for await (const event of events) {
    // node:test reports a file that declares no test as one passed test, named after the file.
    if (event.type === 'test:pass' && event.data.name === event.data.file) filesWithoutTests++;
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue;
    const { passed, tests } = event.data.counts;
    const proven = passed - filesWithoutTests;
    // Skipped, cancelled and todo count as failed: a test that cannot run must not look like one that passed.
    yield JSON.stringify({ passed: proven, failed: tests - proven } satisfies Tally);
  }
}
