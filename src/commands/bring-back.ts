import { EXIT, type ExitCode } from '../errors.ts';
import { handOvers } from '../keepalived/hand-over.ts';
import { confRows } from '../view/conf-text.ts';
import { foretoldReturnText, notReturnedText, returnedText } from '../view/hand-over-text.ts';
import { changeState, endOf, type MaintenanceJob, untilVips } from './maintenance-job.ts';
import { outputPaint } from './output-paint.ts';

/** Ends the maintenance: what preempts takes its VIPs again, and what does not is a backup. */
export async function bringBack(job: MaintenanceJob, { dryRun }: { dryRun?: boolean }): Promise<ExitCode> {
  const { context, side, desired, director, state } = job;
  if (state.maintenance === null) {
    context.stdout.write(`${director.name} is not in maintenance.\n`);
    return EXIT.done;
  }
  const next = { ...state, maintenance: null };
  const all = handOvers(desired, director);
  const change = await side.look(desired, next);
  if (dryRun) {
    const rows = change ? confRows(change, outputPaint(context, context.stdout)) : [];
    const lines = all.map((one) => foretoldReturnText(one, director.name));
    context.stdout.write(`${[...rows, ...lines].join('\n')}\n`);
    return EXIT.done;
  }
  if (!(await changeState(job, { from: state, to: next }))) return EXIT.failed;
  const returning = (await job.isRunning()) ? all.filter(({ returns }) => returns) : [];
  const missing = await untilVips('here', { instances: returning, end: endOf(job, returning), job });
  if (missing.length > 0) {
    context.stderr.write(notReturnedText(director.name, missing));
    return EXIT.timedOut;
  }
  context.stdout.write(returnedText({ director: director.name, all, returning }));
  return EXIT.done;
}
