import { suggestion } from '../spec/did-you-mean.ts';
import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';

/** What to say of a name that stands nowhere under its section; nothing where it does, or may have and was not read. */
export function absence(
  loaded: LoadedSpec,
  { noun, name, section }: { readonly noun: string; readonly name: string; readonly section: Path },
): { readonly message: string; readonly hint?: string } | undefined {
  const names = Object.keys(mappingAt(loaded.spec, section) ?? {});
  if (names.includes(name) || loaded.damaged([...section, name]) || isLost(loaded, section)) return undefined;
  const message = `There is no ${noun} ${name}${suggestion(name, names)}`;
  return names.length === 0 ? { message, hint: `add it under ${section.join('.')}` } : { message };
}

/** Whether a section is not there, or one above it, while its neighbourhood lost an entry. */
function isLost(loaded: LoadedSpec, section: Path): boolean {
  return section.some(
    (_, index) =>
      mappingAt(loaded.spec, section.slice(0, index + 1)) === undefined && loaded.incomplete(section.slice(0, index)),
  );
}

function mappingAt(root: unknown, path: Path): object | undefined {
  const value = path.reduce<unknown>((mapping, key) => (mapping as Record<string, unknown> | undefined)?.[key], root);
  return value === null || typeof value !== 'object' ? undefined : value;
}
