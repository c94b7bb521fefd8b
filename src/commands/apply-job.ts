import { OperationError, UsageError } from '../errors.ts';
import type { SpecSource } from '../model/spec-source.ts';
import type { PlanOrder } from '../view/plan-document.ts';
import type { Context } from './context.ts';
import type { KeepalivedSideOptions } from './keepalived-options.ts';
import type { GuardOptions, SpecOptions } from './options.ts';
import { readPlanFile } from './plan-file.ts';
import { orderOf } from './planning.ts';
import { readSpec } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';

/** What an apply is to do, whether a spec says it or a saved plan. */
export interface ApplyJob {
  readonly order: PlanOrder;
  readonly source: SpecSource;
  readonly title: string;
  /** The checksum that was approved before, and what it means when the plan has another. */
  readonly approved: { readonly digest: string; readonly since: string } | null;
}

interface JobOptions extends SpecOptions, GuardOptions, KeepalivedSideOptions {
  readonly expectChecksum?: string;
}

export async function jobOfSpec(context: Context, options: JobOptions): Promise<ApplyJob | null> {
  const spec = await readSpec(context, specPaths(context, options));
  if (spec === null) return null;
  const { source, title } = spec;
  return { order: orderOf(spec, options), source, title, approved: approvedBy(options) };
}

function approvedBy({ expectChecksum }: JobOptions): ApplyJob['approved'] {
  if (expectChecksum === undefined) return null;
  const since =
    'The live table, the spec or the options differ from then. Look at the plan above, and approve that one.';
  return { digest: expectChecksum, since };
}

export async function jobOfPlanFile(
  context: Context,
  { planFile, options }: { planFile: string; options: JobOptions },
): Promise<ApplyJob> {
  const { order, plan, sources } = await readPlanFile(context, planFile);
  checkNamespace(order, options);
  const since = `The live table moved since ${planFile} was saved. Look at the plan above, and save and approve that one.`;
  const approved = approvedBy(options) ?? { digest: plan.digest, since };
  return { order, source: sourceOf(order, planFile), title: sources.desired, approved };
}

function sourceOf({ source }: PlanOrder, planFile: string): SpecSource {
  if (source) return source;
  throw new OperationError(`${planFile} does not hold the spec that it was made of`, {
    hints: ['Another version of lvsctl saved it: plan again.'],
  });
}

/** A plan that fits one table may fit another by chance; it is for the one it was made for. */
function checkNamespace({ netns }: PlanOrder, options: JobOptions): void {
  if (options.netns === undefined || options.netns === netns) return;
  const place = netns === null ? 'the network namespace lvsctl ran in' : `the network namespace ${netns}`;
  throw new UsageError(`The plan was made for ${place}, and --netns names ${options.netns}`);
}

/** What a saved plan was made for goes before what is said now. */
export function ofTheOrder({ netns, keepalived }: PlanOrder): KeepalivedSideOptions {
  const { isWanted, director, templates } = keepalived;
  return {
    keepalived: isWanted,
    ...(netns === null ? {} : { netns }),
    ...(director === null ? {} : { director }),
    ...(templates === null ? {} : { templates }),
  };
}
