import assert from 'node:assert/strict';
import { renderTemplate } from '../../src/host/templates.ts';
import { confBlocks, confFor } from '../../src/keepalived/conf.ts';
import { commentText, printBlock } from '../../src/keepalived/print.ts';
import { token } from '../../src/keepalived/token.ts';
import type { Desired } from '../../src/model/desired.ts';
import { loadSpec } from '../../src/spec/load.ts';

/** The keepalived.conf that a spec means for one of its directors, by default the first. */
export async function renderedConf(spec: string, name?: string): Promise<string> {
  const desired = desiredOf(spec);
  const director = desired.directors.find((candidate) => name === undefined || candidate.name === name);
  assert.ok(director, `no director ${name}`);
  const conf = confFor(desired, director);
  const it = { conf, blocks: confBlocks(conf), print: printBlock, comment: commentText };
  return await renderTemplate('keepalived.conf.eta', it, { escape: token });
}

/** What a spec without mistakes in its form means. */
export function desiredOf(text: string): Desired {
  const { problems, desired } = loadSpec([{ name: 'test.lvs.yaml', text }]);
  assert.deepEqual(problems, [], text);
  return desired;
}
