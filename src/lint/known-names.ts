import { suggestion } from '../spec/did-you-mean.ts';
import type { LoadedSpec } from '../spec/load.ts';
import { keyOf, type Path } from '../spec/place.ts';
import { oncePerSpec } from './once-per-spec.ts';

/** What to say of a name that stands nowhere under its section; nothing where it does, or may have and was not read. */
export function absence(
  loaded: LoadedSpec,
  { noun, name, section }: { readonly noun: string; readonly name: string; readonly section: Path },
): { readonly message: string; readonly hint?: string } | undefined {
  const { names, suggest } = namesIn(loaded, section);
  if (names.has(name) || loaded.damaged([...section, name]) || isLost(loaded, section)) return undefined;
  const message = `There is no ${noun} ${name}${suggest(name)}`;
  return names.size === 0 ? { message, hint: `add it under ${section.join('.')}` } : { message };
}

interface Names {
  readonly names: ReadonlySet<string>;
  /** What a wrong one may have meant. */
  suggest(name: string): string;
}

function namesIn(loaded: LoadedSpec, section: Path): Names {
  const sections = namesBySection(loaded);
  const key = keyOf(section);
  const known = sections.get(key) ?? readNames(Object.keys(mappingAt(loaded.spec, section) ?? {}));
  sections.set(key, known);
  return known;
}

const namesBySection = oncePerSpec(() => new Map<string, Names>());

/** Whoever has more names wrong knows by then; to compare each with all there are takes minutes. */
const MOST_SUGGESTIONS = 100;

function readNames(list: readonly string[]): Names {
  const suggestions = new Map<string, string>();
  const suggest = (name: string) => {
    const known = suggestions.get(name) ?? (suggestions.size < MOST_SUGGESTIONS ? suggestion(name, list) : '');
    if (suggestions.size < MOST_SUGGESTIONS) suggestions.set(name, known);
    return known;
  };
  return { names: new Set(list), suggest };
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
