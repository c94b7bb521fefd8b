import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { circlesOf, type Graph } from '../../src/lint/circles.ts';

test('things are in one circle when each leads to the other, and only then', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(7), fc.nat(7)), { maxLength: 20 }), (ways) => {
      const graph = graphOf(ways);
      const circles = circlesOf(graph);
      for (const from of graph.keys())
        for (const to of graph.keys())
          assert.equal(circles.get(from) === circles.get(to), leadsTo(from, to, graph) && leadsTo(to, from, graph));
    }),
  );
});

test('a chain of 100,000 is walked to its end', () => {
  const chain = graphOf(Array.from({ length: 100_000 }, (_, at) => [at, at + 1]));
  assert.equal(new Set(circlesOf(chain).values()).size, 100_001);
});

function graphOf(ways: readonly (readonly number[])[]): Graph {
  const graph = new Map(ways.flat().map((name) => [`${name}`, [] as string[]]));
  for (const [from, to] of ways) graph.get(`${from}`)?.push(`${to}`);
  return graph;
}

function leadsTo(from: string, to: string, graph: Graph): boolean {
  const reached = new Set([from]);
  for (const one of reached) for (const next of graph.get(one) ?? []) reached.add(next);
  return reached.has(to);
}
