import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UsageError } from '../errors.ts';
import { readSpecFiles, type SpecFile } from '../host/files.ts';
import { specFilesAt } from '../host/git-files.ts';
import { confChange } from '../keepalived/conf-change.ts';
import type { Finding } from '../lint/finding.ts';
import { lint } from '../lint/lint.ts';
import { type DirectorImpacts, reloadFindings } from '../lint/reload-impact.ts';
import type { Desired } from '../model/desired.ts';
import type { Director } from '../model/director.ts';
import { type LoadedSpec, loadSpec } from '../spec/load.ts';
import type { Context } from './context.ts';
import { renderConf } from './render-conf.ts';

interface ComparedSpec {
  readonly paths: readonly string[];
  readonly loaded: LoadedSpec;
}

/**
 * What the change from `base`, a file or a git revision, to a spec costs when keepalived reloads. Nothing where one of
 * the two has errors, since nobody may render them, and where the spec was not there yet.
 */
export async function baseFindings(
  context: Context,
  { base, spec: { paths, loaded }, isOnly }: { base: string | undefined; spec: ComparedSpec; isOnly: boolean },
): Promise<readonly Finding[]> {
  if (base === undefined) return [];
  const files = await baseFiles(context, base, { paths, isOnly });
  if (files === null || hasErrors(loaded)) return [];
  const before = loadSpec(files);
  if (hasErrors(before)) {
    context.stderr.write(`The spec of --base ${base} has errors, so what changed since is not judged\n`);
    return [];
  }
  const directors = await reloadImpacts(before.desired, loaded.desired);
  return reloadFindings(loaded, { base: before, directors });
}

async function baseFiles(
  context: Context,
  base: string,
  { paths, isOnly }: { paths: readonly string[]; isOnly: boolean },
): Promise<SpecFile[] | null> {
  const { cwd, env } = context;
  const isPath = await stat(resolve(cwd, base)).then(
    () => true,
    () => false,
  );
  if (isPath && !isOnly) throw new UsageError('With several specs --base must be a git revision, not a file');
  if (isPath) return await readSpecFiles([base], { cwd, readStdin: () => context.readStdin() });
  if (paths.includes('-')) throw new UsageError('With standard input --base must be a file, not a git revision');
  const read = [];
  for (const path of paths) read.push(await specFilesAt(base, resolve(cwd, path), { cwd, env }));
  const files = read.flatMap((some) => some ?? []);
  return files.length === 0 ? null : files;
}

function hasErrors(loaded: LoadedSpec): boolean {
  return lint(loaded).some(({ severity }) => severity === 'error');
}

/** What a reload does on each director. Directors that are new have nothing to lose, and those that left nothing to load. */
export async function reloadImpacts(before: Desired, after: Desired): Promise<readonly DirectorImpacts[]> {
  const impacts: DirectorImpacts[] = [];
  for (const director of after.directors) {
    const former = before.directors.find(({ name }) => name === director.name);
    if (former !== undefined) impacts.push(await impactsOn(director, { former, before, after }));
  }
  return impacts;
}

async function impactsOn(
  director: Director,
  { former, before, after }: { former: Director; before: Desired; after: Desired },
): Promise<DirectorImpacts> {
  const change = confChange({
    desired: after,
    director: director.name,
    path: 'keepalived.conf',
    before: await renderConf(before, former, undefined),
    after: await renderConf(after, director, undefined),
    pendingConf: null,
  });
  return { director: director.name, impacts: change?.impacts ?? [] };
}
