import { missingName } from '../daemon/missing-name.ts';
import { checkAccounts } from '../health/check-account.ts';
import type { DesiredServer, DesiredService } from '../model/desired.ts';
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

function accountsNamed(name: string, services: readonly DesiredService[]) {
  const [of = '', ...rest] = name.split('/');
  const service = services.find((one) => one.name === of);
  if (service === undefined)
    throw missingName(
      'service',
      of,
      services.map((one) => one.name),
    );
  return checkAccounts(service, rest.length === 0 ? service.servers : [serverNamed(rest.join('/'), service)]);
}

function serverNamed(name: string, service: DesiredService): DesiredServer {
  const server = service.servers.find((one) => one.name === name);
  if (server !== undefined) return server;
  throw missingName(
    `real server of ${service.name}`,
    name,
    service.servers.map((one) => one.name),
  );
}
