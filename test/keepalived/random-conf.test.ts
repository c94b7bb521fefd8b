import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { splitCommand } from '../../src/model/command.ts';
import { type ReadItem, readKeepalivedConf, unescapedWords } from './keepalived-reader.ts';
import { renderedConf } from './rendered.ts';
import { specText } from './row.ts';
import { type RandomSpec, specArbitrary } from './spec-arbitrary.ts';

test('whatever a spec says, every value of it is one word in its place', async () => {
  await fc.assert(
    fc.asyncProperty(specArbitrary, fc.constantFrom('lb1', 'lb2'), async (spec, director) => {
      const items = readKeepalivedConf(await renderedConf(specText(spec), director));
      assertGlobals(spec, { director, items });
      assertInstances(spec, { director, items });
      assertTrackers(spec, items);
      const groups = blocks(items, 'vrrp_sync_group').map(({ words }) => words[1]);
      assert.deepEqual(groups, Object.keys(spec.sync_groups).sort(byText));
    }),
    { numRuns: 300 },
  );
});

interface Rendered {
  readonly director: string;
  readonly items: readonly ReadItem[];
}

function assertGlobals({ directors, keepalived: { mail } }: RandomSpec, { director, items }: Rendered): void {
  const [globals] = blocks(items, 'global_defs');
  assert.deepEqual(wordsAfter(globals, 'router_id'), [directors[director]?.router_id]);
  assert.deepEqual(wordsAfter(globals, 'notification_email_from'), [mail.from]);
  assert.deepEqual(
    linesIn(globals, 'notification_email'),
    mail.to.map((address) => [address]),
  );
}

function assertInstances(spec: RandomSpec, { director, items }: Rendered): void {
  const instances = blocks(items, 'vrrp_instance');
  assert.deepEqual(
    instances.map(({ words }) => words[1]),
    Object.keys(spec.vrrp).sort(byText),
  );
  for (const item of instances) {
    const instance = spec.vrrp[String(item.words[1])];
    assert.ok(instance);
    assert.deepEqual(wordsAfter(item, 'virtual_router_id'), [String(instance.virtual_router_id)]);
    assert.deepEqual(wordsAfter(item, 'priority'), [String(instance.priority[director])]);
    assert.deepEqual(wordsAfter(item, 'version'), [String(instance.version)]);
    const vips = instance.vips.map((vip) => (typeof vip === 'string' ? [vip] : [vip.address, 'label', vip.label]));
    assert.deepEqual(sorted(linesIn(item, 'virtual_ipaddress')), sorted(vips));
    assert.deepEqual(linesIn(item, 'virtual_ipaddress_excluded').flat(), instance.excluded_vips);
    const [authentication] = blocks(item.items ?? [], 'authentication');
    assert.deepEqual(wordsAfter(authentication, 'auth_pass')?.[0], instance.authentication?.password);
    assert.deepEqual(command(item, 'notify_master'), argumentsOf(instance.notify.master));
    assert.deepEqual(command(item, 'notify'), argumentsOf(instance.notify.any));
  }
}

function assertTrackers({ track }: RandomSpec, items: readonly ReadItem[]): void {
  for (const script of blocks(items, 'vrrp_script'))
    assert.deepEqual(command(script, 'script'), argumentsOf(track.scripts[String(script.words[1])]?.command));
  for (const process of blocks(items, 'vrrp_track_process'))
    assert.deepEqual(wordsAfter(process, 'process'), argumentsOf(track.processes[String(process.words[1])]?.process));
  for (const file of blocks(items, 'track_file'))
    assert.deepEqual(wordsAfter(file, 'file'), [track.files[String(file.words[1])]?.path]);
}

function blocks(items: readonly ReadItem[], keyword: string): ReadItem[] {
  return items.filter(({ words, items: inner }) => words[0] === keyword && inner !== null);
}

function wordsAfter(block: ReadItem | undefined, keyword: string): readonly string[] | undefined {
  const found = block?.items?.filter(({ words }) => words[0] === keyword) ?? [];
  assert.ok(found.length <= 1, `${keyword} stands twice`);
  return found[0]?.words.slice(1);
}

function linesIn(block: ReadItem | undefined, keyword: string): readonly (readonly string[])[] {
  return blocks(block?.items ?? [], keyword).flatMap(({ items }) => items?.map(({ words }) => words) ?? []);
}

/** Arguments of a command, as keepalived splits them: out of the line, then out of its second word. */
function command(block: ReadItem, keyword: string): readonly string[] | undefined {
  const line = block.items?.find(({ words }) => words[0] === keyword);
  return line && unescapedWords(unescapedWords(line.text)[1] ?? '');
}

function argumentsOf(text: string | undefined): readonly string[] | undefined {
  const words = text === undefined ? [] : splitCommand(text);
  assert.ok(typeof words !== 'string');
  return text === undefined ? undefined : words.map((word) => word.text);
}

function sorted(lines: readonly (readonly string[])[]): string[] {
  return lines.map((line) => line.join(' ')).sort();
}

function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
