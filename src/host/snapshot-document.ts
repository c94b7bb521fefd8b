import {
  DocumentError,
  type Fields,
  readCount,
  readOptional,
  readList,
  readNullable,
  readRecord,
  readText,
  readTexts,
} from '../model/document.ts';
import type { SavedConf } from '../model/saved-conf.ts';
import type { SyncDaemon, Timeouts } from '../model/table.ts';
import { fieldsOf, type Form, readDocument } from '../model/stored-document.ts';
import { OVERRIDES_FORM } from './override-document.ts';
import type { Snapshot } from './snapshots.ts';
import { readSpecSource } from './spec-source-document.ts';
import { STATE_FORM } from './state-document.ts';

export const SNAPSHOT_FORM: Form<Snapshot> = {
  version: 1,
  isVersionNew: true,
  read: readSnapshot,
  write: (snapshot) => ({
    ...snapshot,
    state: fieldsOf(snapshot.state, STATE_FORM),
    overrides: snapshot.overrides && fieldsOf(snapshot.overrides, OVERRIDES_FORM),
  }),
};

/** Older snapshots hold the table and the state alone. */
function readSnapshot(fields: Fields): Snapshot {
  return {
    table: readText(fields, 'table'),
    state: readDocument(fields.state, STATE_FORM),
    takenAt: readCount(fields, 'takenAt'),
    reason: readText(fields, 'reason'),
    timeouts: readOptional(fields, 'timeouts', readTimeouts),
    syncDaemons: readOptional(fields, 'syncDaemons', readDaemons),
    conf: readOptional(fields, 'conf', readConf),
    overrides: readOptional(fields, 'overrides', (all, key) => readDocument(all[key], OVERRIDES_FORM)),
    spec: readOptional(fields, 'spec', (all, key) => readSpecSource(readRecord(all[key], 'a spec'))),
    pruned: readOptional(fields, 'pruned', readTexts) ?? [],
  };
}

function readConf(fields: Fields, key: string): SavedConf {
  const conf = readRecord(fields[key], `"${key}"`);
  return { path: readText(conf, 'path'), text: readNullable(conf, 'text', readText) };
}

function readTimeouts(fields: Fields, key: string): Timeouts {
  const timeouts = readRecord(fields[key], `"${key}"`);
  const [tcp, tcpFin, udp] = [readCount(timeouts, 'tcp'), readCount(timeouts, 'tcpFin'), readCount(timeouts, 'udp')];
  return { tcp, tcpFin, udp };
}

function readDaemons(fields: Fields, key: string): readonly SyncDaemon[] {
  return readList(fields, key).map((value) => {
    const daemon = readRecord(value, 'a sync daemon');
    return {
      role: readRole(daemon),
      interface: readText(daemon, 'interface'),
      syncId: readCount(daemon, 'syncId'),
      maxLength: readCount(daemon, 'maxLength'),
      group: readText(daemon, 'group'),
      port: readCount(daemon, 'port'),
      ttl: readCount(daemon, 'ttl'),
    };
  });
}

function readRole({ role }: Fields): SyncDaemon['role'] {
  if (role === 'master' || role === 'backup') return role;
  throw new DocumentError('"role" is neither master nor backup');
}
