import type { PlannedChange } from '../plan/plan.ts';
import { planRows } from './plan-rows.ts';

/** One change in one line, for a log: `~ web-https/web-3 10.20.0.13:443 weight 100 -> 150`. */
export function changeText(planned: PlannedChange): string {
  const rows = planRows({ changes: [planned] }).filter(
    ({ depth, symbol }) => planned.change.kind !== 'server' || (depth === 1 && symbol !== ' '),
  );
  const [first, ...rest] = rows;
  const details = rest.map(({ name, what }) => `${name} ${what}`);
  const words = [first?.symbol, planned.label, first?.address, first?.what, ...details];
  const why = planned.change.action === 'delete' || planned.cause !== null ? [first?.where] : [];
  return [...words, ...why]
    .filter((word) => word)
    .join(' ')
    .replace(/ +/g, ' ');
}
