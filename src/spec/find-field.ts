import { didYouMean } from './did-you-mean.ts';
import { allFields, type Field, fieldAt } from './fields.ts';

/** The field that somebody means by `services.*.port`, `services.web.port` or `vrrp.web.vips[0].label`. */
export function writtenField(root: Field, text: string): Field | undefined {
  return fieldAt(root, stepsOf(text));
}

/** As many as people read. */
const MOST_SUGGESTIONS = 4;

/** Fields with the key that was most likely meant: right below the part that is known, and anywhere where that is nothing. */
export function suggestedFields(root: Field, text: string): readonly Field[] {
  const steps = stepsOf(text);
  const known = steps.findLastIndex((_step, index) => fieldAt(root, steps.slice(0, index + 1)) !== undefined) + 1;
  const near = closest(fieldAt(root, steps.slice(0, known))?.keys ?? [], steps[known] ?? '');
  if (known > 0 && near.length > 0) return near;
  const anywhere = closest(allFields(root), steps.at(-1) ?? '');
  return [...new Set([...near, ...anywhere])].slice(0, MOST_SUGGESTIONS);
}

/** The shortest ones first, each place of the schema once. */
function closest(fields: readonly Field[], word: string): readonly Field[] {
  const meant = didYouMean(word, [...new Set(fields.map(keyOf))]);
  const found = fields.filter((field) => keyOf(field) === meant).toSorted((a, b) => a.path.length - b.path.length);
  const places = new Set<string>();
  return found.filter(({ place }) => places.size < places.add(place.join('.')).size);
}

function keyOf({ path }: Field): string {
  return path.at(-1) ?? '';
}

function stepsOf(text: string): readonly string[] {
  return text.replaceAll(/\[\d*\]/g, '.*').split('.');
}
