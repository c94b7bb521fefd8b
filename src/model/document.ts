/** Why a JSON document of ours cannot be trusted. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
}

/** The fields of one object in it, not looked at yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DocumentError(`it is not JSON (${(error as Error).message})`);
  }
}

export function readRecord(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new DocumentError(`${what} is not an object`);
}

/** A document of another version may mean something else by the same words. */
export function checkVersion(fields: Fields, version: number): void {
  if (fields.version !== version)
    throw new DocumentError(`its version is ${JSON.stringify(fields.version)}, this lvsctl reads ${version}`);
}

export function readList(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  if (Array.isArray(value)) return value;
  throw new DocumentError(`"${key}" is not a list`);
}

export function readText(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value === 'string') return value;
  throw new DocumentError(`"${key}" is not a text`);
}

export function readTexts(fields: Fields, key: string): readonly string[] {
  const list = readList(fields, key);
  if (list.every((item) => typeof item === 'string')) return list;
  throw new DocumentError(`"${key}" is not a list of texts`);
}

/** A number from 0; times and durations may have a fraction. */
export function readCount(fields: Fields, key: string): number {
  const value = fields[key];
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new DocumentError(`"${key}" is not a number from 0`);
}

export function readWhole(fields: Fields, key: string, most: number): number {
  const value = readCount(fields, key);
  if (Number.isInteger(value) && value <= most) return value;
  throw new DocumentError(`"${key}" is not a whole number from 0 to ${most}`);
}

export function readFlag(fields: Fields, key: string): boolean {
  const value = fields[key];
  if (typeof value === 'boolean') return value;
  throw new DocumentError(`"${key}" is neither true nor false`);
}

/** Null where nothing was said, too. */
export function readOptional<T>(fields: Fields, key: string, read: (fields: Fields, key: string) => T): T | null {
  return fields[key] === undefined ? null : readNullable(fields, key, read);
}

export function readNullable<T>(fields: Fields, key: string, read: (fields: Fields, key: string) => T): T | null {
  return fields[key] === null ? null : read(fields, key);
}
