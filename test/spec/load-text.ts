import { lint } from '../../src/lint/lint.ts';
import { type LoadedSpec, loadSpec } from '../../src/spec/load.ts';

export function loadText(text: string): LoadedSpec {
  return loadSpec([{ name: 'test.lvs.yaml', text }]);
}

/** Findings of warning or error as `line:column name`. */
export function findingsOf(text: string): string[] {
  return lint(loadText(text))
    .filter(({ severity }) => severity !== 'info')
    .map(({ range, name }) => `${range.start.line}:${range.start.column} ${name}`);
}
