import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ALL_RULES } from '../../src/lint/all-rules.ts';
import { ruleLink } from '../../src/lint/rule-link.ts';
import { anchorOf } from './markdown.ts';
import { PAGES } from './pages.ts';

for (const [file, page] of Object.entries(PAGES)) {
  test(`${file} is what the source says now`, () => {
    assert.ok(readPage(file) === page(), `${file} is stale: run npm run docs, and commit what it writes`);
  });

  test(`every link of ${file} leads somewhere, and every anchor to one place`, () => {
    const text = page();
    const own = anchorsOf(text);
    assert.equal(new Set(own).size, own.length, 'two headings have one anchor');
    const links = [...text.matchAll(/\]\(([\w./-]*)#([\w.-]+)\)/g)];
    const broken = links.filter(([, target = '', anchor = '']) => {
      const anchors = target === '' ? own : anchorsOf(PAGES[`docs/${target}`]?.() ?? '');
      return !anchors.includes(anchor);
    });
    assert.ok(links.length > 50, `only ${links.length} links were found`);
    assert.deepEqual(
      broken.map(([link]) => link),
      [],
    );
  });
}

test('the link of a rule leads to its place in docs/rules.md', () => {
  const anchors = anchorsOf(readPage('docs/rules.md'));
  assert.deepEqual(
    ALL_RULES.map(({ id }) => ruleLink(id).split('#')).filter(
      ([file, anchor = '']) => file !== 'docs/rules.md' || !anchors.includes(anchor),
    ),
    [],
  );
});

test('an anchor keeps letters, digits, hyphens and underscores', () => {
  assert.equal(
    anchorOf('`services.*.sorry_server` – and Zürich, too-late'),
    'servicessorry_server--and-zürich-too-late',
  );
});

function readPage(file: string): string {
  return readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
}

function anchorsOf(text: string): readonly string[] {
  return [...text.replaceAll(/^```.*?^```/gms, '').matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) =>
    anchorOf(heading),
  );
}
