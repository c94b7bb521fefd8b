import type { LoadedSpec } from '../spec/load.ts';
import type { Finding } from './finding.ts';
import { headOf } from './rule.ts';
import type { PlaceInSpec, TogetherReport, TogetherRule } from './together/rule.ts';
import { sharedService } from './together/shared-service.ts';
import { sharedSyncId } from './together/shared-sync-id.ts';
import { sharedVip } from './together/shared-vip.ts';
import { sharedVirtualRouter } from './together/shared-virtual-router.ts';

/** Every rule that looks at two specs at once, by number. */
export const TOGETHER_RULES: readonly TogetherRule[] = [sharedVirtualRouter, sharedVip, sharedSyncId, sharedService];

/** What is wrong between specs that are right alone, such as those of several clusters in one repository. */
export function lintTogether(specs: readonly LoadedSpec[]): Finding[] {
  const readable = specs.filter((spec) => spec.readable);
  return readable.flatMap((later, index) =>
    readable
      .slice(0, index)
      .filter((earlier) => !sharesFile(later, earlier))
      .flatMap((earlier) =>
        TOGETHER_RULES.flatMap((rule) => [...rule.check(later, earlier)].map((report) => toFinding(report, rule))),
      ),
  );
}

/** The same spec named twice, or a file that is also part of a directory. */
function sharesFile(a: LoadedSpec, b: LoadedSpec): boolean {
  return a.files.some(({ name }) => b.files.some((other) => other.name === name));
}

function toFinding(report: TogetherReport, rule: TogetherRule): Finding {
  const { message, hint, other } = report;
  const related = [{ range: rangeOf(other), message: other.message }];
  return { ...headOf(rule), message, range: rangeOf(report), path: report.path, hint, related };
}

function rangeOf({ loaded, path, side }: PlaceInSpec): Finding['range'] {
  return loaded.locate(path, side);
}
