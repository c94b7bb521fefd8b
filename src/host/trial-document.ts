import {
  DocumentError,
  type Fields,
  readCount,
  readFlag,
  readNullable,
  readRecord,
  readText,
} from '../model/document.ts';
import type { Form } from '../model/stored-document.ts';
import { type Armed, type BootTime, type TakenBack, WHYS, type Why } from '../model/trial.ts';

export const TRIAL_FORM: Form<Armed | TakenBack> = { version: 1, read: readTrial, write: (trial) => trial };

function readTrial(fields: Fields): Armed | TakenBack {
  const about = {
    id: readCount(fields, 'id'),
    snapshot: readText(fields, 'snapshot'),
    author: readText(fields, 'author'),
  };
  if (fields.kind === 'armed') return { kind: 'armed', ...about, ...readArmed(fields) };
  if (fields.kind === 'taken-back')
    return { kind: 'taken-back', ...about, at: readCount(fields, 'at'), why: readWhy(fields) };
  throw new DocumentError('"kind" is neither armed nor taken-back');
}

function readArmed(fields: Fields): Omit<Armed, 'kind' | 'id' | 'snapshot' | 'author'> {
  const keepalived = readRecord(fields.keepalived, '"keepalived"');
  return {
    specDigest: readText(fields, 'specDigest'),
    seconds: readCount(fields, 'seconds'),
    since: readBootTime(fields.since),
    until: readCount(fields, 'until'),
    keepalived: {
      isWanted: readFlag(keepalived, 'isWanted'),
      pidFile: readNullable(keepalived, 'pidFile', readText),
      reloadCommand: readNullable(keepalived, 'reloadCommand', readText),
    },
  };
}

function readBootTime(value: unknown): BootTime {
  const fields = readRecord(value, '"since"');
  return { boot: readText(fields, 'boot'), seconds: readCount(fields, 'seconds') };
}

function readWhy(fields: Fields): Why {
  const why = WHYS.find((one) => one === fields.why);
  if (why !== undefined) return why;
  throw new DocumentError(`"why" is none of ${WHYS.join(', ')}`);
}
