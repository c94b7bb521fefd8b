import { writeFileSync } from 'node:fs';
import { PAGES } from './pages.ts';

// `npm run docs`: writes the pages that rules and schema say.
for (const [file, page] of Object.entries(PAGES)) {
  writeFileSync(new URL(`../../${file}`, import.meta.url), page());
  console.log(file);
}
