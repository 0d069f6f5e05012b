// What the reader has chosen, and what passes the filters.

const state = {
  mode: "actors", // "actors", "events" or "table"
  selected: null, // {kind: "node", node} | {kind: "pair", source, target} | {kind: "path", from, to} | {kind: "relation" | "sentence" | "group" | "bundle" | "contradictions", ...}
  hops: 1,
  off: { type: new Set(), category: new Set(), class: new Set(), status: new Set(), outlet: new Set(), property: new Set(), line: new Set(["attribution"]) },
  window: null, // [first day, last day]
  undated: true,
  most: 0, // how many nodes of a large network to draw; 0: the core that was laid out to be read
  grouped: false, // actors view: communities stand for their members
  open: new Set(), // communities whose members are drawn all the same
  pathFrom: null, // while the reader picks where a path shall lead
  extra: new Set(), // nodes that were asked for by name
};

// A network that no core can stand for opens on its communities.
const GROUPED_AT_FIRST = DATA.communities.length > 1 && DATA.networks.actors.nodes.length > 2000;
state.grouped = GROUPED_AT_FIRST;

const table = { kind: "events", sort: 0, descending: false, text: "", rows: 200 };

// What is drawn now, and of it what stays bright around the selection (null: all).
let shown = { nodes: new Set(), edges: [], strength: new Map(), all: 0, links: 0 };
let near = null;

function inWindow(i) {
  const { from, to } = FACTS[i];
  if (from === null) return state.undated;
  return !state.window || (from <= state.window[1] && to >= state.window[0]);
}

function passes(i, status = DATA.events[i].status) {
  const event = DATA.events[i];
  if (state.off.status.has(status) || state.off.category.has(FACTS[i].category) || state.off.class.has(event.type)) return false;
  if (state.off.outlet.size && FACTS[i].outlets.size && [...FACTS[i].outlets].every((outlet) => state.off.outlet.has(outlet))) return false;
  return inWindow(i);
}

const typeOn = (node) => !state.off.type.has(DATA.entities[node].type) && !(DATA.entities[node].described && state.off.line.has("described"));

function relationOn(i) {
  const { subject, object, property } = DATA.relations[i];
  return !state.off.property.has(property) && typeOn(subject) && (object === undefined || typeOn(object));
}

// An edge of the current network as the filters leave it, or null.
function filteredEdge(edge) {
  if (edge.relation !== undefined) return relationOn(edge.relation) ? { edge, weight: 1, kept: null } : null;
  for (const end of [edge.from, edge.to]) if (!isEvent(end) && !typeOn(end)) return null;
  if (edge.actions) {
    const kept = edge.actions.filter((action) => passes(action.event, action.status));
    return kept.length ? { edge, kept, weight: kept.reduce((sum, action) => sum + action.weight, 0) } : null;
  }
  if (edge.role === "attribution" && state.off.line.has("attribution")) return null;
  for (const end of [edge.from, edge.to]) if (isEvent(end) && !passes(end - FIRST_EVENT)) return null;
  return { edge, weight: FACTS[edge.event].reports, kept: null };
}

const isFiltered = () => !!state.window || !state.undated || Object.entries(state.off).some(([key, off]) => key !== "line" && off.size);

// Take back what keeps a node from being shown, and no more; return in words what that was.
function reveal(node) {
  const back = [];
  const free = (key, value, words) => { if (state.off[key].delete(value)) back.push(words); };
  if (isEvent(node)) {
    const i = node - FIRST_EVENT;
    const event = DATA.events[i];
    free("status", event.status, event.status);
    free("category", FACTS[i].category, FACTS[i].category);
    free("class", event.type, event.type);
    if (!passes(i)) FACTS[i].outlets.forEach((outlet) => free("outlet", outlet, outlet));
    if (!inWindow(i)) {
      if (FACTS[i].from === null) state.undated = true;
      else state.window = null;
      back.push(FACTS[i].from === null ? "events without a date" : "all days");
    }
  } else if (!isGroup(node)) {
    free("type", DATA.entities[node].type, DATA.entities[node].type);
    if (DATA.entities[node].described) free("line", "described", "unnamed actors");
  }
  return back;
}
