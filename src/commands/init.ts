import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { EXIT } from '../errors.ts';
import { createTextFile } from '../host/create-text-file.ts';
import { readTemplate } from '../host/templates.ts';
import type { Context } from './context.ts';
import { refuseExtraArguments } from './options.ts';

interface InitOptions {
  readonly template: string;
  readonly output: string;
}

const TEMPLATES = ['nat', 'dr', 'tun', 'active-active', 'dns'] as const;

/** A spec to begin with, which teaches by example. */
export function initCommand(program: Command, context: Context): void {
  const command = program
    .command('init')
    .summary('write a spec to begin with')
    .description(
      'Writes a commented spec to begin with. nat, dr and tun: one web service by that forwarding method. ' +
        'active-active: two directors, each of which holds a VIP of its own and stands in for the other. dns: UDP and TCP on one VIP.',
    );
  refuseExtraArguments(command, 'a file is named with --output')
    .addOption(new Option('--template <name>', 'which one').choices(TEMPLATES).default('nat'))
    .option('-o, --output <file>', 'file to write, which must not exist yet; - prints', '-')
    .action(async ({ template, output }: InitOptions) => {
      const text = await readTemplate(`specs/${template}.lvs.yaml`);
      if (output === '-') context.stdout.write(text);
      else {
        await createTextFile(resolve(context.cwd, output), text);
        context.stderr.write(`Wrote ${output}. Next: edit the addresses, then lvsctl lint ${output}\n`);
      }
      context.exit(EXIT.done);
    });
}
