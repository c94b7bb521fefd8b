import { globSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { loadText } from '../load-text.ts';

/** The texts of every spec in this repository: starters, clean ones, and those with mistakes in them. */
export const SPECS: readonly string[] = globSync('{templates,test}/**/*.lvs.yaml')
  .sort()
  .map((file) => readFileSync(file, 'utf8'));

/** The values of those that are whole. */
export const VALUES: readonly object[] = SPECS.filter((text) => loadText(text).problems.length === 0).map(
  (text) => parse(text) as object,
);
