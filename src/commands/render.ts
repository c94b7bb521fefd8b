import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import { saveTable } from '../ipvsadm/restore-input.ts';
import type { Context } from './context.ts';
import { addSpecOptions, type SpecOptions } from './options.ts';
import { renderRealserverCommand } from './render-realserver.ts';
import { renderSysctlCommand } from './render-sysctl.ts';
import { renderKeepalivedCommand } from './render-keepalived.ts';
import { readSpec } from './spec-input.ts';
import { specPaths } from './spec-paths.ts';

/** What would the tools be told? */
export function renderCommand(program: Command, context: Context): void {
  const render = program.command('render').summary('print the spec in the language of a tool');
  renderKeepalivedCommand(render, context);
  const ipvsadm = render
    .command('ipvsadm')
    .summary('the whole desired table as `ipvsadm -R` reads it')
    .description(
      'Prints the services that lvsctl writes, with their real servers, as input for `ipvsadm -R`. Offline.\n\n' +
        'Exit codes: 0 printed; 1 the spec cannot be read; 3 the spec has errors.',
    );
  addSpecOptions(ipvsadm, context).action(async (options: SpecOptions) => {
    const spec = await readSpec(context, specPaths(context, options));
    if (spec === null) return;
    context.stdout.write(saveTable(spec.desired.services.filter(({ owner }) => owner === 'lvsctl')));
    context.exit(EXIT.done);
  });
  renderRealserverCommand(render, context);
  renderSysctlCommand(render, context);
}
