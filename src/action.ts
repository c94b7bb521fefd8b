import { appendFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Context, Output } from './commands/context.ts';
import { EXIT, type ExitCode } from './errors.ts';
import { processContext, run } from './main.ts';

/** The GitHub Action: the verbs that its inputs ask for, one after the other, the worst exit code in the end. */
export async function action(surroundings: Context): Promise<void> {
  const input = (name: string): string => surroundings.env[`INPUT_${name.toUpperCase()}`]?.trim() ?? '';
  const context = { ...surroundings, cwd: resolve(surroundings.cwd, input('working-directory') || '.') };
  const lint = ['lint', ...lines(input('lint')), ...lines(input('paths'))];
  const codes = [await codeOf(lint, context)];
  if (input('fmt') === 'true') codes.push(await codeOf(['fmt', '--check', ...lines(input('paths'))], context));
  if (input('test') === 'true') codes.push(await codeOf(['test'], context));
  await writeOutputs(context, await countFindings(context, lines(input('paths'))));
  context.exit(codes.find((code) => code !== EXIT.done) ?? EXIT.done);
}

function lines(text: string): string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}

async function codeOf(args: readonly string[], context: Context): Promise<ExitCode> {
  let exitCode: ExitCode = EXIT.done;
  await run(args, {
    ...context,
    exit: (code) => {
      exitCode = code;
    },
  });
  return exitCode;
}

async function countFindings(context: Context, paths: readonly string[]): Promise<Record<string, number>> {
  let text = '';
  const collect: Output = {
    write: (words) => {
      text += words;
    },
    isTTY: false,
    columns: 80,
  };
  const quiet: Output = { write: () => {}, isTTY: false, columns: 80 };
  await codeOf(['lint', '--format', 'json', ...paths], { ...context, stdout: collect, stderr: quiet });
  const { summary } = (text === '' ? {} : JSON.parse(text)) as { summary?: { errors: number; warnings: number } };
  return { errors: summary?.errors ?? 0, warnings: summary?.warnings ?? 0 };
}

/** As the runner reads them: a line for each in the file that it names. */
async function writeOutputs({ env }: Context, outputs: Record<string, number>): Promise<void> {
  const text = Object.entries(outputs).map(([name, value]) => `${name}=${value}\n`);
  if (env.GITHUB_OUTPUT) await appendFile(env.GITHUB_OUTPUT, text.join(''));
}

await action(processContext());
