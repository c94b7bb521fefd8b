import type { HealthChecks } from '../../src/daemon/health-checks.ts';

/** Nobody asks the real servers. */
export const NO_CHECKS: HealthChecks = { watch: () => undefined, verdicts: () => undefined };
