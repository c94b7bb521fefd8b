import type { ReadingRule } from '../spec/problem.ts';
import type { RuleInfo } from './rule.ts';

const reading = (
  id: `LVS${number}`,
  name: ReadingRule,
  { why, source }: { why: string; source: string },
): RuleInfo => ({
  id,
  name,
  severity: 'error',
  why,
  source,
});

/** The rules that reading itself checks; their findings come from spec/. */
export const READING_RULES: readonly RuleInfo[] = [
  reading('LVS001', 'yaml-syntax', {
    why: 'The text is not YAML, so nothing in it can be relied on',
    source: 'YAML 1.2.2',
  }),
  reading('LVS002', 'unknown-key', {
    why: 'A mistyped key that is ignored leaves a service without what its author asked for',
    source: 'the schema (lvsctl schema)',
  }),
  reading('LVS003', 'duplicate-key', {
    why: 'Most readers silently keep the last of two equal keys',
    source: 'YAML 1.2.2 §3.2.1.3: keys are unique',
  }),
  reading('LVS004', 'invalid-value', {
    why: 'The value has the wrong type or is out of range',
    source: 'the schema (lvsctl schema)',
  }),
  reading('LVS005', 'unquoted-ipv6', {
    why: 'An IPv6 address that ends in :: looks like a key to YAML',
    source: 'YAML 1.2.2 §7.3.3',
  }),
  reading('LVS006', 'tab-indentation', { why: 'Tabs have no agreed width', source: 'YAML 1.2.2 §6.1' }),
  reading('LVS007', 'not-a-mapping', {
    why: 'An empty or truncated file must never be read as "remove everything"',
    source: 'the schema (lvsctl schema)',
  }),
  reading('LVS008', 'merge-key', {
    why: 'Merge keys are no part of YAML 1.2, and hide where a value comes from',
    source: 'YAML 1.2.2',
  }),
  reading('LVS009', 'alias-limit', {
    why: 'Nested aliases can stand for more values than memory holds',
    source: 'the "billion laughs" attack',
  }),
  reading('LVS010', 'not-text', { why: 'The file is damaged, or is no spec', source: 'YAML 1.2.2 §5.1' }),
  reading('LVS011', 'too-large', {
    why: 'A file of this size is no spec, and would take minutes to read',
    source: 'lvsctl',
  }),
  reading('LVS012', 'missing-key', {
    why: 'The entry says nothing without this key',
    source: 'the schema (lvsctl schema)',
  }),
  reading('LVS013', 'version', {
    why: 'Without its version a spec may mean something else to a later lvsctl',
    source: 'lvsctl',
  }),
  reading('LVS014', 'split-conflict', {
    why: 'Two files say different things, and their order must not decide',
    source: 'lvsctl',
  }),
  reading('LVS015', 'invalid-address', {
    why: 'Tools read short and octal forms as other addresses, and names change what they mean',
    source: 'inet_aton(3), which ipvsadm uses: 010.0.0.1 is 8.0.0.1',
  }),
  reading('LVS016', 'invalid-name', {
    why: 'Names go into logs, metrics and keepalived.conf as they stand',
    source: 'lvsctl',
  }),
  reading('LVS017', 'invalid-duration', {
    why: 'A number without a unit means seconds to one tool and minutes to the next',
    source: 'lvsctl',
  }),
  reading('LVS018', 'unknown-scheduler', {
    why: 'The kernel refuses a scheduler it has no module for, and keepalived silently takes wlc',
    source: 'ipvsadm(8) -s; keepalived check_parser.c',
  }),
  reading('LVS019', 'unknown-value', {
    why: 'Only the words listed have a meaning',
    source: 'the schema (lvsctl schema)',
  }),
];
