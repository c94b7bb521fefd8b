import { aliasLimit } from './reading-rules/alias-limit.ts';
import { duplicateKey } from './reading-rules/duplicate-key.ts';
import { invalidAddress } from './reading-rules/invalid-address.ts';
import { invalidDuration } from './reading-rules/invalid-duration.ts';
import { invalidName } from './reading-rules/invalid-name.ts';
import { invalidValue } from './reading-rules/invalid-value.ts';
import { mergeKey } from './reading-rules/merge-key.ts';
import { missingKey } from './reading-rules/missing-key.ts';
import { notAMapping } from './reading-rules/not-a-mapping.ts';
import { notText } from './reading-rules/not-text.ts';
import { splitConflict } from './reading-rules/split-conflict.ts';
import { tabIndentation } from './reading-rules/tab-indentation.ts';
import { tooLarge } from './reading-rules/too-large.ts';
import { unknownKey } from './reading-rules/unknown-key.ts';
import { unknownScheduler } from './reading-rules/unknown-scheduler.ts';
import { unknownValue } from './reading-rules/unknown-value.ts';
import { unquotedIpv6 } from './reading-rules/unquoted-ipv6.ts';
import { version } from './reading-rules/version.ts';
import { yamlSyntax } from './reading-rules/yaml-syntax.ts';
import type { ReadingRuleInfo } from './rule.ts';

/** The rules that reading itself checks, by number; their findings come from spec/. */
export const READING_RULES: readonly ReadingRuleInfo[] = [
  yamlSyntax,
  unknownKey,
  duplicateKey,
  invalidValue,
  unquotedIpv6,
  tabIndentation,
  notAMapping,
  mergeKey,
  aliasLimit,
  notText,
  tooLarge,
  missingKey,
  version,
  splitConflict,
  invalidAddress,
  invalidName,
  invalidDuration,
  unknownScheduler,
  unknownValue,
];
