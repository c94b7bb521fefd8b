import type { LoadedSpec } from '../spec/load.ts';
import type { Path } from '../spec/place.ts';
import type { CheckSpec } from '../spec/schema/checks.ts';
import { everyServer } from './every-server.ts';
import { oncePerSpec } from './once-per-spec.ts';
import { singlesOf, type WrittenCheck, type WrittenSingle } from './written-checks.ts';

/** Every single question that a check anywhere in the spec asks, whoever uses it. */
export const everySingle: (loaded: LoadedSpec) => readonly WrittenSingle[] = oncePerSpec((loaded) =>
  everyCheck(loaded).flatMap(singlesOf),
);

/** Every check that is written anywhere in the spec, whoever uses it. */
export const everyCheck: (loaded: LoadedSpec) => readonly WrittenCheck[] = oncePerSpec((loaded) => {
  const { defaults, services } = loaded.spec;
  return [
    ...checkAt(['defaults'], defaults?.check),
    ...Object.entries(services ?? {}).flatMap(([name, { check }]) => checkAt(['services', name], check)),
    ...everyServer(loaded).flatMap(({ path, details }) => checkAt(path, details.check)),
  ];
});

function checkAt(path: Path, check: CheckSpec | undefined): readonly WrittenCheck[] {
  return check === undefined || check === 'none' ? [] : [{ path: [...path, 'check'], check }];
}
