import { OperationError } from '../errors.ts';
import { suggestion } from '../spec/did-you-mean.ts';

/** A host may have hundreds; a list of all of them helps nobody. */
const SHOWN = 20;

/** The spec has nothing of that name: what may be meant, and what there is. */
export function missingName(what: string, name: string, all: readonly string[]): OperationError {
  const known = [...new Set(all)];
  const more = known.length > SHOWN ? ` and ${known.length - SHOWN} more` : '';
  return new OperationError(`The spec has no ${what} "${name}"${suggestion(name, known)}`, {
    hints: [known.length === 0 ? 'It has none at all.' : `There is: ${known.slice(0, SHOWN).join(', ')}${more}`],
  });
}
