/** Where a failing server listens. */
export const FAILING_PORTS = { http: 8081, https: 8443, dns: 5300 } as const;

/** What is wrong with it. `closed`: nobody listens for HTTP, and open connections are reset. */
export type Failing = 'well' | 'closed' | 'silent' | 'drip' | 'error' | 'wrong' | 'expired' | 'servfail';
