/** A value of the schema as a spec would hold it, on one line: `{ address: 10.0.0.22, weight: 2 }`. */
export function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (value !== null && typeof value === 'object') return mapping(Object.entries(value));
  return typeof value === 'string' ? scalar(value) : String(value);
}

function mapping(entries: readonly (readonly [string, unknown])[]): string {
  if (entries.length === 0) return '{}';
  return `{ ${entries.map(([key, value]) => `${key}: ${flow(value)}`).join(', ')} }`;
}

/** In quotes where YAML would read something else than text. */
function scalar(text: string): string {
  const isPlain =
    /^[A-Za-z0-9/][^:#{}[\],&*?|<>=!%@`"']*$/.test(text) && !/^(?:[-+]?\d*\.?\d+|true|false|null|yes|no)$/i.test(text);
  return isPlain ? text : JSON.stringify(text);
}
