import { readFile } from 'node:fs/promises';
import { OperationError } from '../errors.ts';
import { type PlanDocument, parsePlanDocument } from '../view/plan-document.ts';

/** A saved plan, or an error that says why it is none. */
export async function readPlanFile(path: string): Promise<PlanDocument> {
  const text = await readFile(path, 'utf8').catch((cause: Error) => {
    throw new OperationError(`Cannot read the plan ${path}: ${cause.message}`, { cause });
  });
  const document = parsePlanDocument(text);
  if (typeof document !== 'string') return document;
  throw new OperationError(`Cannot use the plan ${path}: ${document}`, {
    hints: ['Make one with: lvsctl plan --out FILE'],
  });
}
