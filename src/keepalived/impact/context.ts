/** What a file alone does not say. */
export interface ImpactContext {
  /** Of keepalived on the director. */
  readonly version: string;
  readonly director: string;
  /** The directors of an instance by what they are to have; empty for an instance that nobody but its file knows. */
  readonly members?: (instance: string) => readonly { readonly director: string; readonly priority: number }[];
  /** Keys of services whose kernel entries stay when they leave the file: its checker process is replaced, not asked. */
  readonly handedOver?: readonly string[];
}

/** Whether another director may speak for an instance too; yes where nobody knows. */
export function hasOthers({ members, director }: ImpactContext, instance: string): boolean {
  const all = members?.(instance) ?? [];
  return all.length === 0 || all.some((member) => member.director !== director);
}
