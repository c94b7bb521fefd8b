import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Eta } from 'eta';
import { OperationError } from '../errors.ts';
import { describeSystemError } from './system-error.ts';

// From src/host/ in a checkout, from dist/ in a package: templates/ lies beside either.
const ROOTS = ['../templates/', '../../templates/'].map((path) => new URL(path, import.meta.url));

/** The text of a file under templates/. */
export async function readTemplate(path: string): Promise<string> {
  const root = ROOTS.find((candidate) => existsSync(new URL(path, candidate)));
  if (root === undefined) throw new OperationError(`The template ${path} is missing from this installation`);
  return readText(new URL(path, root), path);
}

export interface TemplateOptions {
  /** What `<%= %>` does to a value, so that none becomes more than one word of the language that is written. */
  readonly escape: (value: unknown) => string;
  /** A folder whose templates take the place of ours; one that is not in it is ours. */
  readonly folder?: string | undefined;
}

/** Fills a template of templates/, or the one of that name in somebody's own folder. `it` is what it sees. */
export async function renderTemplate(
  name: string,
  it: object,
  { escape: escapeFunction, folder }: TemplateOptions,
): Promise<string> {
  const own = folder === undefined ? undefined : join(folder, name);
  const isOwn = own !== undefined && existsSync(own);
  const text = isOwn ? await readText(own, own) : await readTemplate(name);
  const eta = new Eta({ escapeFunction, autoEscape: true, autoTrim: [false, 'nl'], cache: false });
  try {
    return eta.renderString(text, it);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new OperationError(`The template ${isOwn ? own : name} cannot be filled: ${reason}`, { cause: error });
  }
}

async function readText(place: string | URL, name: string): Promise<string> {
  return await readFile(place, 'utf8').catch((error: unknown) => {
    throw new OperationError(`Cannot read the template ${name}: ${describeSystemError(error)}`, { cause: error });
  });
}
