import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { type Fact, known, type ModuleState, unknown } from '../../doctor/facts.ts';
import type { Listing } from './look-at-all.ts';

/** Those of these modules that the kernel has, loaded or built in. */
export async function loadedModules(names: readonly string[]): Promise<ReadonlySet<string>> {
  const text = await readFile('/proc/modules', 'utf8').catch(() => '');
  const loaded = new Set(text.split('\n').map((line) => line.split(' ')[0]));
  // What is built in has a folder there, if it has parameters, as ip_vs does.
  return new Set(names.filter((name) => loaded.has(name) || existsSync(`/sys/module/${name}`)));
}

/** Whether the kernel has these modules, or could load them. None is loaded by looking. */
export function modules(
  names: readonly string[],
  loaded: ReadonlySet<string>,
): Listing<ReadonlyMap<string, Fact<ModuleState>>> {
  const rest = names.filter((name) => !loaded.has(name));
  return {
    commands: rest.map((name) => ['modprobe', '--show-depends', name]),
    read: (outputs) =>
      known(
        new Map([
          ...[...loaded].map((name) => [name, known('loaded' as const)] as const),
          ...rest.map((name, index) => [name, stateOf(name, outputs[index])] as const),
        ]),
      ),
  };
}

function stateOf(name: string, output: Fact<string> | undefined): Fact<ModuleState> {
  if (output?.known) return known(stateIn(output.value));
  const reason = output?.reason ?? 'nobody asked';
  return /not found/.test(reason)
    ? known('missing')
    : unknown(`Whether the kernel has ${name} is not known: ${reason}`);
}

/** `insmod /lib/modules/…`, `builtin ip_vs`, or `install COMMAND`, which stands in for loading it. */
function stateIn(text: string): ModuleState {
  const lines = text.trim().split('\n');
  if (lines.some((line) => /^install\s+\S*\/?(false|true)\b/.test(line))) return 'blocked';
  return lines.at(-1)?.startsWith('builtin') ? 'loaded' : 'loadable';
}
