import type { ShortRequest } from './ha-load.ts';

/** What an event did to the short requests of one VIP. */
export interface Outage {
  readonly vip: string;
  readonly asked: number;
  readonly lost: number;
  /** Why: `timeout`, `ECONNREFUSED`. */
  readonly reasons: readonly string[];
  /** From the event to the first request after it that was answered; null: none was. */
  readonly firstAnswerMilliseconds: number | null;
  /** From the event to the last request that was lost; null: none was. */
  readonly lastLossMilliseconds: number | null;
}

/** What became of the requests to each VIP around an event. */
export function outages(requests: readonly ShortRequest[], vips: readonly string[], eventAt: number): Outage[] {
  return vips.map((vip) => {
    const own = requests.filter((request) => request.vip === vip).sort((a, b) => a.at - b.at);
    const lost = own.filter(({ server }) => server === null);
    const firstAnswer = own.find(({ at, server }) => at >= eventAt && server !== null);
    const lastLoss = lost.at(-1);
    return {
      vip,
      asked: own.length,
      lost: lost.length,
      reasons: [...new Set(lost.map(({ reason }) => reason ?? 'no answer'))],
      firstAnswerMilliseconds: firstAnswer === undefined ? null : firstAnswer.at - eventAt,
      lastLossMilliseconds: lastLoss === undefined ? null : lastLoss.at - eventAt,
    };
  });
}
