import type { Failure } from '../lint/failover/failure.ts';
import type { WrittenFailure } from '../spec/schema/test-file.ts';

/** What a test file says has failed, or why that says nothing. */
export function readFailure(written: WrittenFailure): { failure?: Failure; wrong?: string } {
  const { director = null, interface: device, script, process, bfd, file, value } = written;
  const kinds = [device, script, process, bfd, file].filter((one) => one !== undefined);
  if (kinds.length > 1) return { wrong: 'One failure is one thing; write one entry for each' };
  if ((file === undefined) !== (value === undefined)) return { wrong: 'A file and its value belong together' };
  if (device !== undefined)
    return director === null
      ? { wrong: 'An interface fails on a director; say on which' }
      : { failure: { kind: 'interface', director, interface: device } };
  if (script !== undefined) return { failure: { kind: 'script', name: script, director } };
  if (process !== undefined) return { failure: { kind: 'process', name: process, director } };
  if (bfd !== undefined) return { failure: { kind: 'bfd', name: bfd, director } };
  if (file !== undefined && value !== undefined) return { failure: { kind: 'file', name: file, director, value } };
  return director === null ? { wrong: 'It does not say what failed' } : { failure: { kind: 'director', director } };
}
