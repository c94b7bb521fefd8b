/** What each thing leads to. */
export type Graph = ReadonlyMap<string, readonly string[]>;

/**
 * A number for each thing, the same for those that lead to each other. Two walks over the graph (Kosaraju), since to
 * follow the ways from each thing alone takes hours for a chain of 50,000.
 */
export function circlesOf(graph: Graph): ReadonlyMap<string, number> {
  const order: string[] = [];
  const seen = new Set<string>();
  for (const start of graph.keys()) for (const left of walk(start, { graph, seen })) order.push(left);
  const circles = new Map<string, number>();
  const [backwards, reached] = [turned(graph), new Set<string>()];
  for (const [circle, start] of order.reverse().entries())
    for (const found of walk(start, { graph: backwards, seen: reached })) circles.set(found, circle);
  return circles;
}

/** Everything new that a start leads to, each when all behind it has been seen. Without recursion, which a long chain would exhaust. */
function* walk(start: string, { graph, seen }: { graph: Graph; seen: Set<string> }): Iterable<string> {
  const way = seen.size < seen.add(start).size ? [waysFrom(start, graph)] : [];
  for (let here = way.at(-1); here !== undefined; here = way.at(-1)) {
    const { value: next, done } = here.ways.next();
    if (done) yield way.pop()?.from ?? start;
    else if (seen.size < seen.add(next).size) way.push(waysFrom(next, graph));
  }
}

function waysFrom(from: string, graph: Graph): { from: string; ways: Iterator<string> } {
  return { from, ways: (graph.get(from) ?? []).values() };
}

function turned(graph: Graph): Graph {
  const backwards = new Map<string, string[]>();
  for (const [from, ways] of graph)
    for (const to of ways) {
      const known = backwards.get(to);
      if (known === undefined) backwards.set(to, [from]);
      else known.push(from);
    }
  return backwards;
}
