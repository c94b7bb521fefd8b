import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OperationError } from '../errors.ts';
import { describeSystemError } from '../host/system-error.ts';
import { type PlanDocument, parsePlanDocument } from '../view/plan-document.ts';
import type { Context } from './context.ts';

/** A saved plan, or an error that says why it is none. */
export async function readPlanFile({ cwd }: Context, path: string): Promise<PlanDocument> {
  const text = await readFile(resolve(cwd, path), 'utf8').catch((cause: unknown) => {
    throw new OperationError(`Cannot read the plan ${path}: ${describeSystemError(cause)}`, { cause });
  });
  const document = parsePlanDocument(text);
  if (typeof document !== 'string') return document;
  throw new OperationError(`Cannot use the plan ${path}: ${document}`, {
    hints: [
      'Save a plan with: lvsctl plan --file SPEC --out FILE',
      'Apply a spec itself with: lvsctl apply --file SPEC',
    ],
  });
}
