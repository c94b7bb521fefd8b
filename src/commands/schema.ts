import type { Command } from 'commander';
import { EXIT } from '../errors.ts';
import { jsonSchema } from '../spec/json-schema.ts';
import type { Context } from './context.ts';

/** The JSON Schema of a spec, for editors. */
export function schemaCommand(program: Command, context: Context): void {
  program
    .command('schema')
    .summary('print the JSON Schema of specs, for editors')
    .description(
      'Prints the JSON Schema (draft 7) of a spec. Save it beside the specs, and begin each with the line\n' +
        '# yaml-language-server: $schema=./lvsctl.schema.json',
    )
    .action(() => {
      context.stdout.write(`${JSON.stringify(jsonSchema(), null, 2)}\n`);
      context.exit(EXIT.done);
    });
}
