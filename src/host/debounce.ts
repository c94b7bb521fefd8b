export interface Debounced {
  /** Something may have happened. */
  hint(): void;
  cancel(): void;
}

/**
 * Runs once the hints have been quiet for `quietMs`, and at the latest `maxWaitMs` after the first of them, so that
 * neither a slow writer nor a busy one decides. Two timers and no clock: a clock that jumps changes nothing.
 */
export function debounce(
  run: () => void,
  options: { readonly quietMs: number; readonly maxWaitMs: number },
): Debounced {
  let quiet: NodeJS.Timeout | undefined;
  let latest: NodeJS.Timeout | undefined;
  const cancel = (): void => {
    clearTimeout(quiet);
    clearTimeout(latest);
    quiet = latest = undefined;
  };
  const fire = (): void => {
    cancel();
    run();
  };
  const hint = (): void => {
    clearTimeout(quiet);
    quiet = setTimeout(fire, options.quietMs);
    latest ??= setTimeout(fire, options.maxWaitMs);
  };
  return { hint, cancel };
}
