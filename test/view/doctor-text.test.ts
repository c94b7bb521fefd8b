import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Diagnosis, Finding } from '../../src/doctor/finding.ts';
import { doctorDocument, type Patient } from '../../src/view/doctor-document.ts';
import { doctorSummary, doctorText } from '../../src/view/doctor-text.ts';
import { plainPaint } from '../../src/view/paint.ts';

const DOWN: Finding = {
  rule: 'DOC302',
  name: 'interface-down',
  severity: 'error',
  seen: 'eth0 is down',
  wanted: 'eth0 up, for the director lb1',
  why: 'No advert leaves an interface that is down',
  fix: ['ip link set eth0 up', 'ip link set eth1 up'],
  advice: 'Look at the switch too',
};
const CLOCK: Finding = { ...DOWN, rule: 'DOC109', name: 'clock', severity: 'info', fix: [], advice: 'Run chrony' };
const PATIENT: Patient = { hostname: 'lb-a', role: 'director', names: ['lb1'], netns: null };
const ILL: Diagnosis = {
  findings: [DOWN, { ...CLOCK, seen: 'The clock\nis odd\u001b[31m' }],
  unseen: [{ rules: ['DOC305', 'DOC509'], reason: 'nft is not installed' }],
  checks: 31,
};

test('each finding is shown with what is wanted, why, and the way out; then what could not be looked at', () => {
  assert.equal(
    doctorText(ILL, plainPaint),
    `error DOC302 interface-down: eth0 is down
  wanted  eth0 up, for the director lb1
  why     No advert leaves an interface that is down
  fix     ip link set eth0 up
          ip link set eth1 up
  note    Look at the switch too

info DOC109 clock: The clock\\u000ais odd\\u001b[31m
  wanted  eth0 up, for the director lb1
  why     No advert leaves an interface that is down
  fix     Run chrony

Not looked at:
  nft is not installed (DOC305, DOC509)
`,
  );
});

test('of a healthy host nothing is shown but the summary', () => {
  const well = { findings: [], unseen: [], checks: 1 };
  assert.equal(doctorText(well, plainPaint), '');
  const server: Patient = { hostname: 'web7', role: 'realserver', names: ['web-1', 'dns-1'], netns: 'blue' };
  assert.equal(
    doctorSummary(well, server),
    '0 errors, 0 warnings on web7 (real server web-1, network namespace blue); 1 check',
  );
});

test('the summary counts findings, and checks that could not look', () => {
  assert.equal(
    doctorSummary(ILL, PATIENT),
    '1 error, 0 warnings, 1 hint on lb-a (director lb1); 31 checks, 2 of which could not look',
  );
  assert.match(doctorSummary(ILL, { ...PATIENT, names: [] }), / on lb-a \(director\); /);
});

test('the document names its version, the host and what was found', () => {
  const document = doctorDocument(ILL, { patient: PATIENT, version: '1.2.3' });
  assert.deepEqual(document, {
    format_version: '1.0',
    kind: 'lvsctl.doctor',
    tool: { name: 'lvsctl', version: '1.2.3' },
    host: PATIENT,
    summary: { errors: 1, warnings: 0, infos: 1 },
    ...ILL,
  });
});
