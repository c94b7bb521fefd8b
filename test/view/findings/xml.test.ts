import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { parse } from 'junit2json';
import { findingsCheckstyle } from '../../../src/view/findings/checkstyle.ts';
import { findingsJunit } from '../../../src/view/findings/junit.ts';
import { xmlText } from '../../../src/view/findings/xml.ts';
import { finding, NASTY, reportOf, sampleReport } from './sample-report.ts';

// It comes without types.
const checkstyleFormatter = createRequire(import.meta.url)('checkstyle-formatter');

const xml = (text: string) =>
  new XMLParser({ ignoreAttributes: false, processEntities: true, htmlEntities: true }).parse(text);

for (const [name, format] of Object.entries({ junit: findingsJunit, checkstyle: findingsCheckstyle }))
  test(`${name} is XML whatever the spec says`, () => {
    for (const report of [
      sampleReport(),
      reportOf([]),
      reportOf([finding(NASTY, { hint: NASTY, range: { ...finding('').range, file: NASTY } })]),
    ])
      assert.equal(XMLValidator.validate(format(report)), true);
  });

test('control characters and halves of characters, which XML cannot write, become dots', () => {
  assert.equal(xmlText('a\u0000\u001b[1m\ud800\u0085é𐐀\n<"&>'), 'a··[1m\ufffd·é𐐀&#10;&lt;&quot;&amp;&gt;');
});

test('junit has a failure for each error, and a case that passes for each warning and each clean file', async () => {
  const suites = await parse(findingsJunit(sampleReport()));
  assert.ok(suites && 'testsuite' in suites);
  const [suite] = suites.testsuite ?? [];
  assert.deepEqual([suite?.tests, suite?.failures, suite?.errors, suite?.skipped], [5, 2, 0, 0]);
  const cases = suite?.testcase?.map(({ name, classname, failure }) => [
    classname,
    name,
    failure?.[0]?.message ?? null,
  ]);
  const file = 'infra/lb/web & co.lvs.yaml';
  assert.deepEqual(cases, [
    [file, 'LVS206 no-directors', null],
    [file, 'LVS102 dr-port-mismatch', 'Port 81 of a differs from port 80 of web; forwarding dr cannot rewrite ports'],
    [file, 'LVS202 large-weight', null],
    [file, 'LVS113 one-packet', 'one_packet is for udp and fwmark services; dns is tcp'],
    ['infra/lb/clean.lvs.yaml', 'no findings', null],
  ]);
  assert.match(suite?.testcase?.[1]?.failure?.[0]?.inner ?? '', /^lb\/web & co\.lvs\.yaml:3:107: error LVS102/);
});

test('junit counts warnings as failures where they fail the run', async () => {
  const suites = await parse(findingsJunit({ ...sampleReport(), failLevel: 'warning' }));
  assert.ok(suites && 'testsuite' in suites);
  assert.equal(suites.testsuite?.[0]?.failures, 3);
});

test("checkstyle says what another formatter's output says", () => {
  const { findings } = sampleReport();
  const theirs = checkstyleFormatter([
    {
      filename: 'infra/lb/web &amp; co.lvs.yaml',
      messages: findings.map(({ range, severity, message, hint, rule }) => ({
        line: range.start.line,
        column: range.start.column,
        severity,
        message: hint === undefined ? message : `${message} (${hint})`,
        source: `lvsctl.${rule}`,
      })),
    },
  ]);
  assert.deepEqual(xml(findingsCheckstyle(sampleReport())).checkstyle, xml(theirs).checkstyle);
});
