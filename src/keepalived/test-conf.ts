import type { ConfTest } from '../model/conf-test.ts';

/**
 * What keepalived says of a file. 2.2.7 is killed by its own `-t`, without a word, as soon as a script is to run as
 * another user than the one who tests (SIGTERM; seen with `user nobody`). The file is then tested with all scripts in the
 * hands of root; that their users exist was said before that, if they do not.
 */
export async function testConf(text: string, test: (text: string) => Promise<ConfTest>): Promise<ConfTest> {
  const asWritten = await test(text);
  if (asWritten.exitCode !== null && asWritten.exitCode !== KILLED) return asWritten;
  const asRoot = await test(withScriptsOfRoot(text));
  const lines = new Set([asWritten, asRoot].flatMap(({ output }) => output.split('\n')));
  return { output: [...lines].join('\n'), exitCode: asRoot.exitCode === KILLED ? null : asRoot.exitCode };
}

/** 128 + SIGTERM: what a shell makes of it. */
const KILLED = 143;

/** Without another line before the last one, so that its messages name the same lines. */
function withScriptsOfRoot(text: string): string {
  return `${text.replace(/^(\s*(?:script_)?user) .*$/gm, '$1 root').trimEnd()}\n${USER_OF_THE_REST}`;
}

/** Else it is keepalived_script, where there is such a user. */
const USER_OF_THE_REST = 'global_defs {\n    script_user root\n}\n';
