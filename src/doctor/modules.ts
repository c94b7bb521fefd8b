import type { Desired } from '../model/desired.ts';

/** A module of the kernel that services need. */
export interface ModuleUse {
  readonly module: string;
  /** `scheduler mh`. */
  readonly use: string;
  /** The first Linux that has it. */
  readonly since: string;
  /** Names. */
  readonly services: readonly string[];
}

const SINCE: Readonly<Record<string, string>> = {
  ip_vs_mh: '4.18',
  ip_vs_twos: '5.12',
  ip_vs_ovf: '4.3',
  ip_vs_fo: '3.18',
};

/** The modules beside ip_vs that the services of a spec need, each once. */
export function modulesOf({ services }: Desired): readonly ModuleUse[] {
  const uses = services.flatMap(({ name, scheduler, persistenceEngine }) => [
    { module: `ip_vs_${scheduler}`, use: `scheduler ${scheduler}`, name },
    ...(persistenceEngine === null
      ? []
      : [{ module: `ip_vs_pe_${persistenceEngine}`, use: `persistence engine ${persistenceEngine}`, name }]),
  ]);
  return [...Map.groupBy(uses, ({ module }) => module)].map(([module, group]) => ({
    module,
    use: group[0]?.use ?? module,
    // All others were there from the beginning.
    since: SINCE[module] ?? '2.6',
    services: group.map(({ name }) => name),
  }));
}
