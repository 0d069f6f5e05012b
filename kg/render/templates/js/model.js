// The data, what hangs together in it, what the reader has chosen, and what passes the filters.

const DATA = JSON.parse($("#data").textContent);
const FIRST_EVENT = DATA.entities.length;
const BASE = "https://w3id.org/kg/";

const STATUS_STYLE = {
  asserted: "solid", planned: "dashed", ordered: "dashed", requested: "dashed", possible: "dashed", hypothetical: "dashed", negated: "dotted",
};
const ROLE_NAMES = {
  agent: "who", trigger: "does", patient: "to whom or what", recipient: "for whom", instrument: "with what", topic: "about what", place: "where",
  time: "when", source: "from where", destination: "to where", attribution: "says who", mention: "mentioned", subject: "who", object: "is what",
};
const PROPERTY_NAMES = {
  holdsPosition: "holds the position", positionOf: "holds a position in", citizenOf: "is a citizen of", memberOf: "is a member of", locatedIn: "lies in",
  partOf: "is part of", basedIn: "is based in", familyOf: "is family of", age: "age", bornIn: "was born in",
};
const UNCLASSED = "No category";

const isEvent = (node) => node >= FIRST_EVENT;
const eventOf = (node) => DATA.events[node - FIRST_EVENT];
const record = (node) => (isEvent(node) ? eventOf(node) : DATA.entities[node]);
const category = (event) => (event.plover ? event.plover[0].toUpperCase() + event.plover.slice(1).toLowerCase() : UNCLASSED);
const shortId = (id) => (id.startsWith(BASE) ? id.slice(BASE.length) : id);

const nodeOfId = new Map();
DATA.entities.forEach((entity, i) => nodeOfId.set(shortId(entity.id), i));
DATA.events.forEach((event, i) => nodeOfId.set(shortId(event.id), FIRST_EVENT + i));

const outletOf = (sentence) => DATA.documents[DATA.sentences[sentence].document].outlet;

// What the page asks of every event again and again.
const FACTS = DATA.events.map((event) => ({
  outlets: new Set((event.evidence || []).map((item) => outletOf(item.sentence))),
  reports: Math.max(1, (event.evidence || []).length),
  from: event.time && event.time.start ? dayNumber(event.time.start) : null,
  to: event.time && event.time.start ? dayNumber(event.time.end || event.time.start) : null,
}));

// By entity: the events it takes part in, those it is the source of, and its relations.
const TAKES_PART = DATA.entities.map(() => []);
const SAYS = DATA.entities.map(() => []);
const RELATIONS = DATA.entities.map(() => []);
const PART_OF = DATA.events.map(() => []);
const TOLD_BY = DATA.sentences.map(() => []);
DATA.events.forEach((event, i) => {
  for (const part of event.participants || []) {
    if (part.node === undefined) continue;
    if (isEvent(part.node)) PART_OF[part.node - FIRST_EVENT].push(i);
    else TAKES_PART[part.node].push({ event: i, role: part.role });
  }
  for (const whole of event.part_of || []) PART_OF[i].push(whole - FIRST_EVENT);
  for (const said of event.attributed || []) if (said.node !== undefined) SAYS[said.node].push(i);
  for (const item of event.evidence || []) if (TOLD_BY[item.sentence].at(-1) !== i) TOLD_BY[item.sentence].push(i);
});
DATA.relations.forEach((relation, i) => {
  RELATIONS[relation.subject].push(i);
  if (relation.object !== undefined) RELATIONS[relation.object].push(i);
});

const state = {
  mode: "actors",
  selected: null, // {kind: "node", node} | {kind: "pair", source, target} | {kind: "relation", relation} | {kind: "sentence", sentence} | {kind: "group", group} | {kind: "path", from, to}
  hops: 1,
  off: { type: new Set(), category: new Set(), class: new Set(), status: new Set(), outlet: new Set(), line: new Set(["attribution"]) },
  window: null, // [first day, last day]
  undated: true,
  most: 0, // how many nodes of a large network to draw; 0: the core that was laid out to be read
  pathFrom: null, // while the reader picks where a path shall lead
  extra: new Set(), // nodes that were asked for by name
};

function inWindow(i) {
  const { from, to } = FACTS[i];
  if (from === null) return state.undated;
  return !state.window || (from <= state.window[1] && to >= state.window[0]);
}

function passes(i, status = DATA.events[i].status) {
  const event = DATA.events[i];
  if (state.off.status.has(status) || state.off.category.has(category(event)) || state.off.class.has(event.type)) return false;
  if (state.off.outlet.size && FACTS[i].outlets.size && [...FACTS[i].outlets].every((outlet) => state.off.outlet.has(outlet))) return false;
  return inWindow(i);
}

const typeOn = (node) => !state.off.type.has(DATA.entities[node].type) && !(DATA.entities[node].described && state.off.line.has("described"));

// An edge of the current network as the filters leave it, or null.
function filteredEdge(edge) {
  if (edge.relation !== undefined) {
    const { subject, object } = DATA.relations[edge.relation];
    return !state.off.line.has("relation") && typeOn(subject) && typeOn(object) ? { edge, weight: 1, kept: null } : null;
  }
  for (const end of [edge.from, edge.to]) if (!isEvent(end) && !typeOn(end)) return null;
  if (edge.actions) {
    const kept = edge.actions.filter((action) => passes(action.event, action.status));
    return kept.length ? { edge, kept, weight: kept.reduce((sum, action) => sum + action.weight, 0) } : null;
  }
  if (edge.role === "attribution" && state.off.line.has("attribution")) return null;
  for (const end of [edge.from, edge.to]) if (isEvent(end) && !passes(end - FIRST_EVENT)) return null;
  return { edge, weight: FACTS[edge.event].reports, kept: null };
}

const networkOf = () => DATA.networks[state.mode === "events" ? "events" : "actors"];
const inCore = () => state.most === 0 && networkOf().core.length > 0;

// Nodes and edges to draw: all that pass the filters, or the best connected of them where they are many.
function visible() {
  let edges = networkOf().edges.map(filteredEdge).filter(Boolean);
  const strength = new Map();
  for (const { edge, weight } of edges) for (const end of [edge.from, edge.to]) strength.set(end, (strength.get(end) || 0) + weight);
  const all = strength.size;
  let nodes = new Set(strength.keys());
  if (inCore() || (state.most && state.most < all)) {
    nodes = inCore() ? new Set(networkOf().core.map((node) => node.id).filter((node) => strength.has(node))) : strongest(edges, strength);
    withNeighbours(edges, state.extra).forEach((node) => nodes.add(node));
    edges = edges.filter(({ edge }) => nodes.has(edge.from) && nodes.has(edge.to));
    // a node that the filters cut off from all that is drawn would only lie about
    const linked = new Set(edges.flatMap(({ edge }) => [edge.from, edge.to]));
    nodes = new Set([...nodes].filter((node) => linked.has(node) || state.extra.has(node)));
  }
  const links = edges.length;
  if (inCore() && state.mode === "actors" && links > 3 * nodes.size) edges = backbone(edges, 3 * nodes.size);
  return { nodes, edges, strength, all, links };
}

// These nodes and what they are linked to; an event never comes without those who take part in it.
function withNeighbours(edges, wanted) {
  const found = new Set();
  const add = (nodes) => {
    for (const { edge } of edges) if (nodes.has(edge.from) || nodes.has(edge.to)) [edge.from, edge.to].forEach((node) => found.add(node));
  };
  if (wanted.size) add(wanted);
  if (state.mode === "events" && found.size) add(new Set([...found].filter(isEvent)));
  return found;
}

// The strongest links of a dense picture, the strongest one of every node, and all of what is selected.
function backbone(edges, most) {
  const picked = state.selected || {};
  const reached = new Set();
  const wanted = ({ from, to }) => [from, to].some((end) => end === picked.node || state.extra.has(end)) || (from === picked.source && to === picked.target);
  return [...edges].sort((a, b) => b.weight - a.weight || a.edge.id - b.edge.id).filter(({ edge }, i) => {
    const keep = i < most || !reached.has(edge.from) || !reached.has(edge.to) || wanted(edge);
    if (keep) [edge.from, edge.to].forEach((end) => reached.add(end));
    return keep;
  });
}

function strongest(edges, strength) {
  const byStrength = (a, b) => strength.get(b) - strength.get(a) || a - b;
  const chosen = new Set();
  if (state.mode === "events") {
    // whole events: a box without those who take part in it says nothing
    const ends = new Map();
    for (const { edge } of edges) {
      for (const [event, other] of [[edge.from, edge.to], [edge.to, edge.from]]) {
        if (!isEvent(event)) continue;
        if (!ends.has(event)) ends.set(event, []);
        ends.get(event).push(other);
      }
    }
    for (const event of [...ends.keys()].sort(byStrength)) {
      if (chosen.size >= state.most) break;
      [event, ...ends.get(event)].forEach((node) => chosen.add(node));
    }
  } else {
    [...strength.keys()].sort(byStrength).slice(0, state.most).forEach((node) => chosen.add(node));
  }
  return chosen;
}

// Where to draw each visible node. What is drawn beside the core stands near what it is linked to, where there is room.
function positions() {
  const known = new Map((inCore() ? networkOf().core : networkOf().nodes).map((node) => [node.id, node]));
  const waiting = new Set([...shown.nodes].filter((node) => !known.has(node)).sort((a, b) => a - b));
  const links = new Map([...waiting].map((node) => [node, []]));
  for (const { edge } of shown.edges) for (const [a, b] of [[edge.from, edge.to], [edge.to, edge.from]]) if (links.has(a)) links.get(a).push(b);
  while (waiting.size) {
    const anchored = (node) => links.get(node).filter((end) => known.has(end));
    const node = [...waiting].find((other) => anchored(other).length) ?? [...waiting][0];
    waiting.delete(node);
    known.set(node, { id: node, ...freePlace(anchored(node).map((end) => known.get(end)), known) });
  }
  return known;
}

function freePlace(anchors, known) {
  const middle = (axis) => anchors.reduce((sum, anchor) => sum + anchor[axis], 0) / Math.max(1, anchors.length);
  const places = [...known.values()];
  let best = null;
  for (let i = 0; i < 60; i += 1) {
    const turn = i * 2.39996; // the golden angle: no two in the same direction
    const place = { x: middle("x") + (70 + 4 * i) * Math.cos(turn), y: middle("y") + (70 + 4 * i) * Math.sin(turn) };
    const room = Math.min(Infinity, ...places.map((other) => Math.hypot((other.x - place.x) / 1.8, other.y - place.y)));
    if (!best || room > best.room) best = { place, room };
    if (room > 36) break;
  }
  return best.place;
}

// The shortest chain of links between two actors, whichever way they point; null where there is none.
function pathBetween(from, to) {
  const links = new Map();
  for (const item of DATA.networks.actors.edges.map(filteredEdge).filter(Boolean)) {
    for (const [a, b] of [[item.edge.from, item.edge.to], [item.edge.to, item.edge.from]]) {
      if (!links.has(a)) links.set(a, []);
      links.get(a).push({ to: b, weight: item.weight });
    }
  }
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
