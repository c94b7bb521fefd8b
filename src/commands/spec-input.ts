import { resolve } from 'node:path';
import { EXIT } from '../errors.ts';
import { readSpecFiles } from '../host/files.ts';
import { specRevision } from '../host/git.ts';
import { lint } from '../lint/lint.ts';
import type { Desired } from '../model/desired.ts';
import type { SpecSource } from '../model/spec-source.ts';
import { loadSpec } from '../spec/load.ts';
import { sourceDigest } from '../spec/source-digest.ts';
import { findingsText } from '../view/findings/tty.ts';
import { revisionText } from '../view/wording.ts';
import type { Context } from './context.ts';
import { outputPaint } from './output-paint.ts';

/** A spec that may be acted on. */
export interface SpecInput {
  readonly desired: Desired;
  /** `lb/prod.lvs.yaml @ 4f1c2ab (clean)` */
  readonly title: string;
  readonly source: SpecSource;
}

/** Findings that a verb judges by its own guards, which have an override. */
const LEFT_TO_GUARDS = new Set(['empty-spec', 'vip-not-held']);

/** Reads and checks the spec. With errors in it, prints them, sets the exit code and returns null. */
export async function readSpec(context: Context, paths: readonly string[]): Promise<SpecInput | null> {
  const files = await readSpecFiles(paths, { cwd: context.cwd, readStdin: () => context.readStdin() });
  const loaded = loadSpec(files);
  const findings = lint(loaded).filter(({ name, severity }) => severity !== 'info' && !LEFT_TO_GUARDS.has(name));
  if (findings.length > 0)
    context.stderr.write(findingsText(findings, { files, paint: outputPaint(context, context.stderr) }));
  if (findings.some(({ severity }) => severity === 'error')) {
    context.exit(EXIT.findings);
    return null;
  }
  const revision = await specRevision(resolve(context.cwd, paths[0] ?? '.'), { env: context.env });
  return {
    desired: loaded.desired,
    title: `${paths.map(inputTitle).join(', ')}${revision ? ` @ ${revisionText(revision)}` : ''}`,
    source: { files, digest: sourceDigest(files), revision },
  };
}

/** An input as titles name it. */
export function inputTitle(path: string): string {
  return path === '-' ? 'standard input' : path;
}
