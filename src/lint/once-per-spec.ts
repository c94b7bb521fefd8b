import type { DesiredService } from '../model/desired.ts';
import type { LoadedSpec } from '../spec/load.ts';

/** The same answer for every rule that asks: a hundred of them each walking through all real servers is what lint would cost. */
export function oncePerSpec<T>(compute: (loaded: LoadedSpec) => T): (loaded: LoadedSpec) => T {
  const answers = new WeakMap<LoadedSpec, { readonly answer: T }>();
  return (loaded) => {
    const known = answers.get(loaded) ?? { answer: compute(loaded) };
    answers.set(loaded, known);
    return known.answer;
  };
}

/** What is known of one service of a spec. */
export type PerService<T> = (loaded: LoadedSpec, service: DesiredService) => T;

/** The same answer for every rule that asks about one service. */
export function oncePerService<T>(compute: PerService<T>): PerService<T> {
  const answersOf = oncePerSpec(() => new Map<DesiredService, { readonly answer: T }>());
  return (loaded, service) => {
    const answers = answersOf(loaded);
    const known = answers.get(service) ?? { answer: compute(loaded, service) };
    answers.set(service, known);
    return known.answer;
  };
}
