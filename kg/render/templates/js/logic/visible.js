// Which nodes and edges are drawn: all that pass the filters, the best connected of them where they are many, or
// communities in place of their members.

const networkOf = () => DATA.networks[state.mode === "events" ? "events" : "actors"];
const isGrouped = () => state.grouped && state.mode === "actors";
const inCore = () => !isGrouped() && state.most === 0 && networkOf().core.length > 0;
const isOpen = (group) => group === null || state.open.has(group);
const standIn = (node) => (isOpen(COMMUNITY[node]) ? node : groupNode(COMMUNITY[node]));

function strengths(edges) {
  const strength = new Map();
  for (const { edge, weight } of edges) for (const end of [edge.from, edge.to]) strength.set(end, (strength.get(end) || 0) + weight);
  return strength;
}

function visible() {
  let edges = networkOf().edges.map(filteredEdge).filter(Boolean);
  if (isGrouped()) edges = bundled(edges);
  const strength = strengths(edges);
  if (isGrouped() && state.most) DATA.communities.forEach((_, i) => { if (!state.open.has(i) && !strength.has(groupNode(i))) strength.set(groupNode(i), 0); });
  const all = strength.size;
  let nodes = chosenNodes(edges, strength);
  if (!nodes) {
    nodes = new Set(strength.keys());
  } else {
    const wanted = [...state.extra].map((node) => (isGrouped() && !isEvent(node) ? standIn(node) : node));
    withNeighbours(edges, new Set(wanted)).forEach((node) => nodes.add(node));
    edges = edges.filter(({ edge }) => nodes.has(edge.from) && nodes.has(edge.to));
    // a node that the filters cut off from all that is drawn would only lie about
    const linked = new Set(edges.flatMap(({ edge }) => [edge.from, edge.to]));
    nodes = new Set([...nodes].filter((node) => linked.has(node) || isGroup(node) || state.extra.has(node)));
  }
  const links = edges.length;
  if ((inCore() || isGrouped()) && state.mode === "actors" && links > 3 * nodes.size) edges = backbone(edges, 3 * nodes.size);
  return { nodes, edges, strength, all, links };
}

// The nodes to begin with; null: all.
function chosenNodes(edges, strength) {
  if (isGrouped()) return state.most ? null : placed(strength);
  if (inCore()) return new Set(networkOf().core.map((node) => node.id).filter((node) => strength.has(node)));
  return state.most && state.most < strength.size ? strongest(edges, strength, state.most) : null;
}

// The communities that have a place, and the members of those that were opened.
const placed = (strength) => new Set([...strength.keys()].filter((node) => (isGroup(node) ? groupOfNode(node).x !== undefined : COMMUNITY[node] !== null)));

// The edges between communities, added up, with those of open communities as they are.
function bundled(edges) {
  const bundles = new Map();
  const kept = [];
  for (const item of edges) {
    const [from, to] = [standIn(item.edge.from), standIn(item.edge.to)];
    if (from === to) continue;
    if (!isGroup(from) && !isGroup(to)) { kept.push(item); continue; }
    const id = `${from}|${to}`;
    if (!bundles.has(id)) bundles.set(id, { edge: { id, from, to, bundle: true, items: [] }, weight: 0, kept: null });
    const bundle = bundles.get(id);
    bundle.weight += item.weight;
    bundle.edge.items.push(item);
  }
  return [...kept, ...bundles.values()];
}

// These nodes and what they are linked to; an event never comes without those who take part in it.
function withNeighbours(edges, wanted) {
  const found = new Set(wanted);
  const add = (nodes) => {
    for (const { edge } of edges) if (nodes.has(edge.from) || nodes.has(edge.to)) [edge.from, edge.to].forEach((node) => found.add(node));
  };
  if (!wanted.size) return found;
  add(new Set(wanted));
  if (state.mode === "events") add(new Set([...found].filter(isEvent)));
  const known = new Set(edges.flatMap(({ edge }) => [edge.from, edge.to]));
  return new Set([...found].filter((node) => known.has(node)));
}

// The strongest links of a dense picture, the strongest one of every node, and all of what is selected.
function backbone(edges, most) {
  const picked = state.selected || {};
  const reached = new Set();
  const wanted = ({ from, to }) => [from, to].some((end) => end === picked.node || state.extra.has(end)) || (from === picked.source && to === picked.target);
  return [...edges].sort((a, b) => b.weight - a.weight || (a.edge.id < b.edge.id ? -1 : 1)).filter(({ edge }, i) => {
    const keep = i < most || !reached.has(edge.from) || !reached.has(edge.to) || wanted(edge);
    if (keep) [edge.from, edge.to].forEach((end) => reached.add(end));
    return keep;
  });
}

function strongest(edges, strength, most) {
  const byStrength = (a, b) => strength.get(b) - strength.get(a) || a - b;
  if (state.mode !== "events") return new Set([...strength.keys()].sort(byStrength).slice(0, most));
  // whole events: a box without those who take part in it says nothing
  const ends = new Map();
  for (const { edge } of edges) {
    for (const [event, other] of [[edge.from, edge.to], [edge.to, edge.from]]) {
      if (!isEvent(event)) continue;
      if (!ends.has(event)) ends.set(event, []);
      ends.get(event).push(other);
    }
  }
  const chosen = new Set();
  for (const event of [...ends.keys()].sort(byStrength)) {
    if (chosen.size >= most) break;
    [event, ...ends.get(event)].forEach((node) => chosen.add(node));
  }
  return chosen;
}
