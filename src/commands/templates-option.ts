import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { Context } from './context.ts';
import { addEnvOption } from './options.ts';

export interface TemplatesOptions {
  readonly templates?: string;
}

export function addTemplatesOption(command: Command, context: Context): Command {
  const option = new Option('--templates <folder>', 'templates of your own, in place of ours of the same name');
  return addEnvOption(command, option, { context, variable: 'LVSCTL_TEMPLATES' });
}

export function templatesFolder({ cwd }: Context, { templates }: TemplatesOptions): string | undefined {
  return templates === undefined ? undefined : resolve(cwd, templates);
}
