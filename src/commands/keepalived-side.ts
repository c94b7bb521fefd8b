import { resolve } from 'node:path';
import type { ConfKeeper } from '../daemon/conf-keeper.ts';
import { refusedReasons } from '../daemon/replace-conf.ts';
import { OperationError } from '../errors.ts';
import { hostAddresses } from '../host/addresses.ts';
import { keepalivedHost } from '../host/keepalived.ts';
import { confChange } from '../keepalived/conf-change.ts';
import { desiredHere } from '../keepalived/maintenance.ts';
import { isOlder } from '../model/version-order.ts';
import { expectationFor } from '../keepalived/verify.ts';
import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import { thisDirector } from '../model/this-director.ts';
import type { Context } from './context.ts';
import { type KeepalivedSideOptions, keepalivedOptions } from './keepalived-options.ts';
import { renderConf } from './render-conf.ts';
import { replaceConfHere } from './replacing-conf.ts';

/** keepalived on this host as a verb sees it. */
export function keepalivedSide(context: Context, options: KeepalivedSideOptions): ConfKeeper {
  const host = keepalivedHost(keepalivedOptions(context, options));
  const templates = options.templates === undefined ? undefined : resolve(context.cwd, options.templates);
  const installed = once(() => host.version());
  const sayOnce = once(async (text: string) => context.stderr.write(text));
  return {
    look: async (desired, state) => {
      const director = options.keepalived === false ? null : await directorHere(context, { desired, options, sayOnce });
      if (director === null) return undefined;
      checkVersion(desired, await installed());
      const wanted = desiredHere(desired, director, state.maintenance);
      const after = await renderConf(wanted, director, templates);
      const before = await host.read();
      const { name } = director;
      const { pendingConf } = state;
      return confChange({ desired: wanted, director: name, path: host.path, before, after, pendingConf });
    },
    refusals: (change) => refusedReasons(change, host),
    carryOut: (change, work) => {
      const { desired, maintenance } = work;
      const director = desired.directors.find(({ name }) => name === change.director) as Director;
      const expectation = expectationFor(desiredHere(desired, director, maintenance), director);
      return replaceConfHere(context, { change, expectation, work }, host);
    },
    saved: async () => ({ path: host.path, text: await host.read() }),
  };
}
/** The director that this host is; null, and said so once, where the spec is of others. */
async function directorHere(
  context: Context,
  {
    desired,
    options,
    sayOnce,
  }: { desired: Desired; options: KeepalivedSideOptions; sayOnce: (text: string) => Promise<void> },
): Promise<Director | null> {
  const { directors, keepalived, services } = desired;
  const isWanted = keepalived.instances.length > 0 || services.some(({ owner }) => owner === 'keepalived');
  if (!isWanted || directors.length === 0) return null;
  const found = thisDirector(directors, {
    hostname: context.hostname,
    addresses: await hostAddresses({ env: context.env, netns: options.netns }),
    name: options.director,
  });
  if (found.kind === 'found') return found.director;
  if (options.director !== undefined) throw new OperationError(found.message);
  const names = directors.map(({ name }) => name).join(', ');
  await sayOnce(
    `keepalived.conf is left alone: this host (${context.hostname}) is none of the directors ${names}. If it is: --director\n`,
  );
  return null;
}

/** A file for a newer keepalived has words that an older one goes on without. */
function checkVersion({ keepalived }: Desired, installed: string | null): void {
  if (installed === null || !isOlder(installed, keepalived.version)) return;
  throw new OperationError(
    `keepalived ${installed} is installed here, and the spec is for ${keepalived.version} (keepalived.version)`,
    { hints: [`Install a newer one, or write keepalived: { version: ${installed} } and see what lint says.`] },
  );
}

function once<A extends unknown[], T>(act: (...args: A) => Promise<T>): (...args: A) => Promise<T> {
  let reading: Promise<T> | undefined;
  return (...args) => {
    reading ??= act(...args);
    return reading;
  };
}
