import { createHash } from 'node:crypto';
import type { Desired } from '../model/desired.ts';
import type { SpecSource } from '../model/spec-source.ts';
import type { Permissions } from '../plan/guard.ts';
import type { Plan } from '../plan/plan.ts';
import type { PlanSources } from './plan-text.ts';

export type { PlanSources };

/** What `apply` needs beside the plan to make the same plan again. */
export interface PlanOrder {
  readonly desired: Desired;
  readonly permissions: Permissions;
  readonly drainSeconds: number | null;
  /** Null where no spec says what is wanted, but a snapshot's table. */
  readonly source: SpecSource | null;
  /** The network namespace it was made for, by name; null: the one lvsctl ran in. */
  readonly netns: string | null;
  /** keepalived's side: which director this is, the folder of templates, and whether it is wanted at all. */
  readonly keepalived: {
    readonly isWanted: boolean;
    readonly director: string | null;
    readonly templates: string | null;
  };
}

/** The plan as one document: what `plan -o json` prints, `plan --out` saves, `show` and `apply` read. */
export interface PlanDocument {
  /** A higher minor version only adds; a reader refuses another major one. */
  readonly format_version: '1.0';
  readonly kind: 'lvsctl.plan';
  readonly sources: PlanSources;
  readonly plan: Plan;
  readonly order: PlanOrder;
  /** Over `plan` and `order`: a file that was cut short or edited is not applied. */
  readonly seal: string;
}

export function planDocument(plan: Plan, { sources, order }: { sources: PlanSources; order: PlanOrder }): PlanDocument {
  return { format_version: '1.0', kind: 'lvsctl.plan', sources, plan, order, seal: sealOf(plan, order) };
}

export function formatPlanDocument(document: PlanDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Reads a saved plan; a text instead says what is wrong with it. */
export function parsePlanDocument(text: string): PlanDocument | string {
  const document = parseJson(text);
  if (typeof document !== 'object' || document === null || !('kind' in document) || document.kind !== 'lvsctl.plan')
    return 'it is not a plan that lvsctl saved';
  const { format_version: version, plan, order, seal } = document as PlanDocument;
  if (!String(version).startsWith('1.')) return `its format version is ${version}, and this lvsctl reads 1.x`;
  if (seal !== sealOf(plan, order)) return 'it was cut short or edited after lvsctl saved it';
  return document as PlanDocument;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sealOf(plan: Plan, order: PlanOrder): string {
  return createHash('sha256')
    .update(JSON.stringify([plan, order]))
    .digest('hex');
}
