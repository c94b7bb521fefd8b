import type { LoadedSpec } from '../../spec/load.ts';
import type { Path } from '../../spec/place.ts';
import type { SpecsExample } from '../example.ts';
import type { RuleInfo } from '../rule.ts';

/** A place in one of several specs. */
export interface PlaceInSpec {
  readonly loaded: LoadedSpec;
  readonly path: Path;
  readonly side?: 'key' | 'value';
}

/** What a rule has to say about a place, and about the place in another spec that it clashes with. */
export interface TogetherReport extends PlaceInSpec {
  readonly message: string;
  readonly hint: string;
  readonly other: PlaceInSpec & { readonly message: string };
}

/** One way in which two specs get into each other's way; neither is wrong alone. */
export interface TogetherRule extends RuleInfo {
  readonly examples: { readonly bad: SpecsExample; readonly good: SpecsExample };
  check(later: LoadedSpec, earlier: LoadedSpec): Iterable<TogetherReport>;
}
