import { operationArguments } from '../ipvsadm/argv.ts';
import type { Step } from '../plan/plan.ts';
import { type CaseInput, type Comparison, listOf } from './case.ts';
import { planCase } from './plan-case.ts';

/** In the language of the expectation: that of ipvsadm where it begins with an option, else the words of `apply`. */
export function compareSteps(input: CaseInput): Comparison {
  const expected = listOf(input.given.expect.steps ?? []);
  const speak = expected[0]?.startsWith('-') ? ipvsadmLine : input.stepText;
  return { expected, seen: planCase(input).steps.map((step) => speak(step).replace(/\s+/g, ' ')) };
}

function ipvsadmLine({ operation }: Step): string {
  return operationArguments(operation).join(' ');
}
