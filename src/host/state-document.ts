import type { DrainIntent, OwnedService, State } from '../model/state.ts';

const VERSION = 1;

/** Why a stored state cannot be trusted. */
export class StateFormatError extends Error {
  override readonly name = 'StateFormatError';
}

export function formatState(state: State): string {
  return `${JSON.stringify({ version: VERSION, ...state }, null, 2)}\n`;
}

/** Reads a stored state strictly: half a state would disown services or forget drains. */
export function parseState(text: string): State {
  return readState(parseJson(text));
}

/** The same from a value that is already parsed, such as a part of a snapshot. */
export function readState(value: unknown): State {
  const fields = readRecord(value, 'the document');
  if (fields.version !== VERSION) {
    throw new StateFormatError(`its version is ${JSON.stringify(fields.version)}, this lvsctl reads ${VERSION}`);
  }
  return {
    owned: readList(fields, 'owned').map(readOwned),
    drains: readList(fields, 'drains').map(readDrain),
    generation: readNullable(fields, 'generation', readCount),
    specTime: readNullable(fields, 'specTime', readCount),
    specDigest: readNullable(fields, 'specDigest', readText),
    appliedAt: readNullable(fields, 'appliedAt', readCount),
  };
}

function readOwned(value: unknown): OwnedService {
  const fields = readRecord(value, 'an entry of "owned"');
  const servers = fields.servers === undefined ? {} : { servers: readNames(readRecord(fields.servers, '"servers"')) };
  return { key: readText(fields, 'key'), name: readText(fields, 'name'), ...servers };
}

function readNames(fields: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(fields).map((key) => [key, readText(fields, key)]));
}

function readDrain(value: unknown): DrainIntent {
  const fields = readRecord(value, 'an entry of "drains"');
  return {
    service: readText(fields, 'service'),
    server: readText(fields, 'server'),
    startedAt: readCount(fields, 'startedAt'),
    drainSeconds: readCount(fields, 'drainSeconds'),
    weight: readCount(fields, 'weight'),
  };
}

type Fields = Readonly<Record<string, unknown>>;

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StateFormatError(`it is not JSON (${(error as Error).message})`);
  }
}

export function readRecord(value: unknown, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new StateFormatError(`${what} is not an object`);
}

function readList(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key];
  if (Array.isArray(value)) return value;
  throw new StateFormatError(`"${key}" is not a list`);
}

export function readText(fields: Fields, key: string): string {
  const value = fields[key];
  if (typeof value === 'string') return value;
  throw new StateFormatError(`"${key}" is not a text`);
}

/** A number from 0; times and durations may have a fraction. */
export function readCount(fields: Fields, key: string): number {
  const value = fields[key];
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new StateFormatError(`"${key}" is not a number from 0`);
}

function readNullable<T>(fields: Fields, key: string, read: (fields: Fields, key: string) => T): T | null {
  return fields[key] === null ? null : read(fields, key);
}
