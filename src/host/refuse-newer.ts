import { appliedSpecFile } from './applied-spec-store.ts';
import { type DocumentFile, lookAtDocument } from './look-at-document.ts';
import { overrideFiles } from './override-store.ts';
import { stateFile } from './state-store.ts';
import { trialFile } from './trial-store.ts';

/** Fails where a newer lvsctl wrote something in a state directory. Looks only: what is damaged is for its store to say. */
export async function refuseNewer(directory: string): Promise<void> {
  const { first, copy } = overrideFiles(directory);
  await refuse(stateFile(directory));
  await refuse(first);
  await refuse(copy);
  await refuse(trialFile(directory));
  await refuse(appliedSpecFile(directory));
}

async function refuse<T>(file: DocumentFile<T>): Promise<void> {
  await lookAtDocument(file);
}
