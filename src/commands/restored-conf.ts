import type { ConfKeeper } from '../daemon/conf-keeper.ts';
import { refusedReasons } from '../daemon/replace-conf.ts';
import { keepalivedHost } from '../host/keepalived.ts';
import { confChange } from '../keepalived/conf-change.ts';
import { isOurs } from '../keepalived/conf-text.ts';
import { readConf } from '../keepalived/read-conf.ts';
import { expectationOf } from '../keepalived/verify.ts';
import type { SavedConf } from '../model/saved-conf.ts';
import type { Context } from './context.ts';
import { type KeepalivedSideOptions, keepalivedOptions } from './keepalived-options.ts';
import { replaceConfHere } from './replacing-conf.ts';

/** keepalived on this host for a rollback: its file is to be as it was, word by word, whatever spec that came from. */
export function restoredConf(context: Context, options: KeepalivedSideOptions, saved: SavedConf): ConfKeeper {
  const { path, text } = saved;
  const host = keepalivedHost({ ...keepalivedOptions(context, options), path });
  // What others wrote seldom passes `keepalived -t` without a word, and ran all the same.
  const isTrusted = text !== null && !isOurs(text);
  return {
    look: async (desired, { pendingConf }) =>
      confChange({ desired, director: context.hostname, path, before: await host.read(), after: text, pendingConf }),
    refusals: async (change) => (isTrusted ? [] : refusedReasons(change, host)),
    carryOut: (change, work) =>
      replaceConfHere(
        context,
        {
          change,
          expectation: expectationOf(readConf(change.after)),
          work: { ...work, isTested: work.isTested || isTrusted },
        },
        host,
      ),
    saved: async () => ({ path, text: await host.read() }),
  };
}
