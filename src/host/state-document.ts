import {
  type Fields,
  readCount,
  readList,
  readNullable,
  readOptional,
  readRecord,
  readText,
  readTexts,
} from '../model/document.ts';
import type { Maintenance } from '../model/maintenance.ts';
import type { DrainIntent, OwnedService, PendingConf, State } from '../model/state.ts';
import type { Form } from '../model/stored-document.ts';

/** Read strictly: half a state would disown services or forget drains. */
export const STATE_FORM: Form<State> = { version: 1, read: readState, write: (state) => state };

function readState(fields: Fields): State {
  return {
    owned: readList(fields, 'owned').map(readOwned),
    drains: readList(fields, 'drains').map(readDrain),
    generation: readNullable(fields, 'generation', readCount),
    specTime: readNullable(fields, 'specTime', readCount),
    specDigest: readNullable(fields, 'specDigest', readText),
    attemptedSpec: readOptional(fields, 'attemptedSpec', readText),
    rejectedSpec: readOptional(fields, 'rejectedSpec', readText),
    appliedAt: readNullable(fields, 'appliedAt', readCount),
    pendingConf: readOptional(fields, 'pendingConf', readPendingConf),
    maintenance: readOptional(fields, 'maintenance', readMaintenance),
  };
}

function readOwned(value: unknown): OwnedService {
  const fields = readRecord(value, 'an entry of "owned"');
  const servers = fields.servers === undefined ? {} : { servers: readNames(readRecord(fields.servers, '"servers"')) };
  const pool = fields.pool === undefined ? {} : { pool: readText(fields, 'pool') };
  return { key: readText(fields, 'key'), name: readText(fields, 'name'), ...servers, ...pool };
}

function readNames(fields: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(fields).map((key) => [key, readText(fields, key)]));
}

/** States before handovers were remembered have the digest alone. */
function readPendingConf(fields: Fields, key: string): PendingConf {
  if (typeof fields[key] === 'string') return { digest: fields[key], handedOver: [] };
  const pending = readRecord(fields[key], `"${key}"`);
  return { digest: readText(pending, 'digest'), handedOver: readTexts(pending, 'handedOver') };
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

function readMaintenance(document: Fields, key: string): Maintenance {
  const fields = readRecord(document[key], `"${key}"`);
  return {
    since: readCount(fields, 'since'),
    author: readText(fields, 'author'),
    reason: readNullable(fields, 'reason', readText),
  };
}
