import type { Desired } from '../model/desired.ts';
import { checkKey, type Verdicts } from '../model/verdict.ts';
import type { TestCase } from './case.ts';

/** What the checks of all real servers say: they are well for long, but for those that a case calls down. */
export function givenVerdicts({ health = {} }: Pick<TestCase, 'health'>, { services }: Desired): Verdicts {
  return new Map(
    services.flatMap((service) =>
      service.servers.map((server) => {
        const isDown = health[`${service.name}/${server.name}`] === 'down';
        const verdict = isDown
          ? ({ kind: 'down', since: 0, detail: 'down' } as const)
          : ({ kind: 'up', since: 0, detail: 'up', weight: null } as const);
        return [checkKey(service.address, server), verdict] as const;
      }),
    ),
  );
}
