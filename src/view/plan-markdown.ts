import type { Plan } from '../plan/plan.ts';
import { plainPaint } from './paint.ts';
import { planText, type PlanSources } from './plan-text.ts';
import { plural } from './wording.ts';

/** A plan for a pull request: the verdict in the heading, the whole plan in a diff block that colours + and -. */
export function planMarkdown(plan: Plan, sources: PlanSources): string {
  const text = planText(plan, { sources, paint: plainPaint }).trimEnd().split('\n').map(diffLine).join('\n');
  return `### ${heading(plan)}\n\n\`\`\`diff\n${text.replaceAll('```', "'''")}\n\`\`\`\n`;
}

/** A diff block colours by the first column, and knows `!` where we write `~`. */
function diffLine(line: string): string {
  const [, indent = '', symbol = '', rest = ''] = /^( *)([+~-]) (.*)$/.exec(line) ?? [];
  return symbol === '' ? line : `${symbol === '~' ? '!' : symbol} ${indent}${rest}`;
}

function heading(plan: Plan): string {
  const refused = plan.hazards.filter((hazard) => !hazard.allowed).length;
  if (refused > 0) return `LVS plan: refused by ${plural(refused, 'guard')}`;
  const count = plan.changes.length + (plan.conf === null ? 0 : 1);
  return count === 0 ? 'LVS plan: no changes' : `LVS plan: ${plural(count, 'change')}`;
}
