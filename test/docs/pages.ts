import { rulesPage } from './rules-page.ts';
import { specPage } from './spec-page.ts';

/** The pages under docs/ that are made from the source, by file. */
export const PAGES: Readonly<Record<string, () => string>> = {
  'docs/rules.md': rulesPage,
  'docs/spec.md': specPage,
};
