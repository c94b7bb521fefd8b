import { unknownServer } from '../daemon/find-target.ts';
import { type CheckAccount, checkAccounts } from '../health/check-account.ts';
import type { DesiredService } from '../model/desired.ts';
import type { Explanation } from '../view/explanation.ts';
import type { Context } from './context.ts';
import type { SpecOptions } from './options.ts';
import { readSpec } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';

/** How the spec's real servers are checked: all, those of `SERVICE`, or `SERVICE/SERVER`. Null: the spec has errors. */
export async function explainCheck(
  context: Context,
  { name, options }: { name: string | undefined; options: SpecOptions },
): Promise<Explanation | null> {
  const spec = await readSpec(context, specPaths(context, options));
  if (spec === null) return null;
  const { services } = spec.desired;
  const accounts =
    name === undefined
      ? services.flatMap((service) => checkAccounts(service, service.servers))
      : accountsNamed(name, services);
  return { topic: 'check', accounts };
}

function accountsNamed(name: string, services: readonly DesiredService[]): CheckAccount[] {
  const [wanted = '', ...rest] = name.split('/');
  const service = services.find((one) => one.name === wanted);
  const server = service?.servers.find((one) => one.name === rest.join('/'));
  if (service === undefined || (rest.length > 0 && server === undefined))
    throw unknownServer({ service: wanted, server: rest.join('/') }, services);
  return checkAccounts(service, server === undefined ? service.servers : [server]);
}
