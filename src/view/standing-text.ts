import type { Standing } from '../model/standing.ts';

/** Why a real server has the weight it has, in a few words; empty where it is as the spec has it. */
export function standingText(standing: Standing): string {
  switch (standing.kind) {
    case 'in':
      return '';
    case 'held':
      return 'not checked yet';
    case 'failed':
      return `check failed: ${standing.detail}`;
    case 'kept':
      return `kept although its check failed: ${standing.detail}`;
    case 'aside':
      return 'the sorry server serves';
    case 'ramping':
      return `slow start, ${Math.round(standing.share * 100)} %`;
    case 'weighed':
      return `its check says: ${standing.detail}`;
  }
}
