import { ADVICE_RULES } from './advice-rules.ts';
import { DIRECTOR_RULES } from './director-rules.ts';
import type { Rule } from './rule.ts';
import { SERVICE_RULES } from './service-rules.ts';

/** Every rule that judges what a spec means, by number. */
export const RULES: readonly Rule[] = [...SERVICE_RULES, ...DIRECTOR_RULES, ...ADVICE_RULES];
