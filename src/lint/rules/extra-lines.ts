import type { LoadedSpec } from '../../spec/load.ts';
import { braces, type ExtraField, extraFields, withoutComment } from '../extra-lines.ts';
import { yaml } from '../example.ts';
import type { Report, Rule } from '../rule.ts';

export const extraLines: Rule = {
  id: 'LVS193',
  name: 'extra-lines',
  severity: 'error',
  why: 'Extra lines stand in keepalived.conf as they are: one that ends its block, or goes on behind its end, changes what follows',
  harm: 'Extra lines go into keepalived.conf as they stand. A brace too many ends the block they are in, and what lvsctl writes behind it is read as something else; an open block swallows it. A word that is a brace in quotes counts as a brace, and a line that is too long is dropped.',
  examples: {
    bad: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          extra: [skip_check_adv_addr on, "}"]
    `,
    good: yaml`
      vrrp:
        web:
          virtual_router_id: 51
          vips: [203.0.113.10/24]
          priority: { lb1: 150, lb2: 100 }
          extra: [skip_check_adv_addr on]
    `,
  },
  source: 'keepalived lib/parser.c read_line, decomment, alloc_value_block; measured with 2.2.7',
  check,
};

function* check(loaded: LoadedSpec): Iterable<Report> {
  for (const field of extraFields(loaded)) {
    for (const [index, text] of field.lines.entries()) {
      const fault = LINE_FAULTS.find(({ isSo }) => isSo(text));
      if (fault !== undefined) yield { path: [...field.path, index], message: `This line ${fault.what}` };
    }
    yield* unbalanced(field);
  }
}

const LINE_FAULTS: readonly { readonly isSo: (text: string) => boolean; readonly what: string }[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  { isSo: (text) => /[\u0000-\u001f\u007f]/.test(text), what: 'holds a control character' },
  { isSo: (text) => Buffer.byteLength(text) > 980, what: 'has more than the 980 bytes that keepalived reads at once' },
  { isSo: (text) => /\\\s*$/.test(text), what: 'ends in a backslash, which keepalived takes for a word' },
  {
    isSo: (text) =>
      withoutComment(text)
        .replace(/"[^"]*"/g, '')
        .includes('"'),
    what: 'does not close its quote',
  },
  {
    isSo: (text) => /"\s*[{}]\s*"/.test(withoutComment(text)),
    what: 'quotes a brace, which keepalived takes for that of a block',
  },
];

/** A field closes what it opens, and nothing else. */
function* unbalanced({ path, lines }: ExtraField): Iterable<Report> {
  const open: number[] = [];
  for (const [index, text] of lines.entries())
    for (const brace of braces(text)) {
      if (brace === '{') open.push(index);
      else if (open.pop() === undefined)
        return yield {
          path: [...path, index],
          message: 'This line closes a block that it did not open',
          hint: 'remove the brace',
        };
    }
  const last = open.at(-1);
  if (last !== undefined)
    yield {
      path: [...path, last],
      message: 'This line opens a block that nothing closes',
      hint: 'add a line with }',
    };
}
