import { relative } from 'node:path';
import type { TestEvent } from 'node:test/reporters';

/** What became of a suite's tests. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** The titles of those that failed, or did not run: a long log may be cut where they are told. */
  readonly failures: readonly string[];
}

/** A node:test reporter that writes one `Tally` as JSON, at the end of a run that came to its end. */
export default async function* tallyReporter(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let filesWithoutTests = 0;
  const failures: string[] = [];
  for await (const event of events) {
    // node:test reports a file that declares no test as one passed test, named after the file.
    if (event.type === 'test:pass' && event.data.name === event.data.file) filesWithoutTests++;
    if (event.type === 'test:fail' && !isOfAPart(event.data)) failures.push(titleOf(event.data));
    if (event.type !== 'test:summary' || event.data.file !== undefined) continue;
    const { passed, tests } = event.data.counts;
    const proven = passed - filesWithoutTests;
    // Skipped, cancelled and todo count as failed: a test that cannot run must not look like one that passed.
    yield JSON.stringify({ passed: proven, failed: tests - proven, failures } satisfies Tally);
  }
}

type Failure = Extract<TestEvent, { type: 'test:fail' }>['data'];

/** A suite, or a test with parts, fails as well as its part, which says more. */
function isOfAPart({ details }: Failure): boolean {
  return 'failureType' in details.error && details.error.failureType === 'subtestsFailed';
}

function titleOf({ file, name }: Failure): string {
  return `${file === undefined ? '' : `${relative('', file)}: `}${name}`;
}
