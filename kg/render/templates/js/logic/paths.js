// Neighbourhoods and shortest chains in a list of edges.

function linksOf(edges) {
  const links = new Map();
  const add = (a, b, weight) => { if (links.has(a)) links.get(a).push({ to: b, weight }); else links.set(a, [{ to: b, weight }]); };
  for (const { edge, weight } of edges) {
    add(edge.from, edge.to, weight);
    add(edge.to, edge.from, weight);
  }
  return links;
}

// All nodes within so many steps of a node, itself included.
function within(edges, start, steps) {
  const links = linksOf(edges);
  const found = new Set([start]);
  let rim = [start];
  for (let step = 0; step < steps && rim.length; step += 1) {
    const next = [];
    for (const node of rim) for (const { to } of links.get(node) || []) if (!found.has(to)) { found.add(to); next.push(to); }
    rim = next;
  }
  return found;
}

// The shortest chain of edges between two nodes, whichever way they point; of equally short ones that whose links are
// reported most. Null where there is none.
function shortestPath(edges, from, to) {
  const links = linksOf(edges);
  const before = new Map([[from, null]]);
  let rim = [from];
  while (rim.length && !before.has(to)) {
    const next = [];
    for (const node of rim) {
      for (const link of (links.get(node) || []).sort((a, b) => b.weight - a.weight || a.to - b.to)) {
        if (!before.has(link.to)) { before.set(link.to, node); next.push(link.to); }
      }
    }
    rim = next;
  }
  if (!before.has(to)) return null;
  const path = [];
  for (let node = to; node !== null; node = before.get(node)) path.unshift(node);
  return path;
}

const pathBetween = (from, to) => shortestPath(DATA.networks.actors.edges.map(filteredEdge).filter(Boolean), from, to);
