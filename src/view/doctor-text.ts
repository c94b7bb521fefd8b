import type { Diagnosis, Finding, Severity, Unseen } from '../doctor/finding.ts';
import { count, type Patient } from './doctor-document.ts';
import { plural } from './wording.ts';
import { oneLine } from './one-line.ts';
import type { Paint } from './paint.ts';

/** What is wrong with a host, for people: each finding with the way out, then what could not be looked at. */
export function doctorText({ findings, unseen }: Diagnosis, paint: Paint): string {
  const blocks = [
    ...findings.map((finding) => findingText(finding, paint)),
    ...(unseen.length === 0 ? [] : [unseenText(unseen, paint)]),
  ];
  return blocks.join('\n');
}

/** `2 errors, 1 warning on lb-a (director lb1); 31 checks, 2 could not look`. */
export function doctorSummary(diagnosis: Diagnosis, { hostname, role, names, netns }: Patient): string {
  const { checks, unseen } = diagnosis;
  const infos = count(diagnosis, 'info');
  const counts = [
    plural(count(diagnosis, 'error'), 'error'),
    plural(count(diagnosis, 'warning'), 'warning'),
    ...(infos === 0 ? [] : [plural(infos, 'hint')]),
  ];
  const who = [role === 'director' ? 'director' : 'real server', ...names.slice(0, 1)].join(' ');
  const where = netns === null ? '' : `, network namespace ${netns}`;
  const blind = new Set(unseen.flatMap(({ rules }) => rules)).size;
  const looked = `${plural(checks, 'check')}${blind === 0 ? '' : `, ${blind} of which could not look`}`;
  return `${counts.join(', ')} on ${hostname} (${who}${where}); ${looked}`;
}

const STYLES = { error: 'error', warning: 'warning', info: 'dim' } as const satisfies Record<
  Severity,
  Parameters<Paint>[0]
>;

function findingText({ rule, name, severity, seen, wanted, why, fix, advice }: Finding, paint: Paint): string {
  const rows = [
    ['wanted', wanted],
    ['why', why],
    ...fix.map((command, index) => [index === 0 ? 'fix' : '', paint('bold', oneLine(command))] as const),
    ...(advice === null ? [] : [[fix.length === 0 ? 'fix' : 'note', advice] as const]),
  ] as const;
  const head = `${paint(STYLES[severity], severity)} ${rule} ${paint('bold', name)}: ${oneLine(seen)}`;
  return `${[head, ...rows.map(([label, text]) => `  ${paint('dim', label.padEnd(6))}  ${oneLine(text)}`)].join('\n')}\n`;
}

function unseenText(unseen: readonly Unseen[], paint: Paint): string {
  const lines = unseen.map(({ rules, reason }) => `  ${oneLine(reason)} ${paint('dim', `(${rules.join(', ')})`)}`);
  return `${[paint('bold', 'Not looked at:'), ...lines].join('\n')}\n`;
}
