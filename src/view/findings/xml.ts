const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};

// XML 1.0 §2.2 has no way to write any of these.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const FORBIDDEN = /[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]/g;

/** Text as XML holds it, between tags or in an attribute. */
export function xmlText(text: string): string {
  const clean = text.toWellFormed().replace(FORBIDDEN, '·');
  return clean.replace(/[&<>"\n\t]/g, (character) => ENTITIES[character] ?? character);
}

/** ` name="value"` for each of them. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${xmlText(String(value))}"`)
    .join('');
}
