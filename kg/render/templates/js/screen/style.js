// How nodes and edges look: colour, size, line; dimmed where the selection is elsewhere.

const DASHES = { solid: false, dashed: [7, 5], dotted: [1.5, 5] };
const FONT = '"Inter", -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

let theme = {};

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  const names = ["paper", "surface", "ink", "muted", "line", "accent", "conflict", "cooperation", "other", "relation", ...Object.keys(SHAPES)];
  theme = Object.fromEntries(names.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

function faded(colour, share) {
  const n = parseInt(colour.slice(1), 16);
  return `rgba(${n >> 16},${(n >> 8) & 255},${n & 255},${share})`;
}

function blended(colour, share) {
  const [over, under] = [colour, theme.paper].map((name) => parseInt(name.slice(1), 16));
  const part = (shift) => Math.round(((over >> shift) & 255) * share + ((under >> shift) & 255) * (1 - share));
  return `rgb(${part(16)},${part(8)},${part(0)})`;
}

// Sizes and widths keep their proportions, and shrink together where the numbers are large. A picture of up to 120
// nodes is laid out for zoom 1, a larger one for less.
let largest = { node: 1, edge: 1 };
const wide = () => (shown.nodes.size <= 120 ? 1 : 1.7);
const weightOf = (node) => (isGroup(node) ? groupOfNode(node).members.length : shown.strength.get(node) || 1);
const sizeOf = (node) => wide() * (isGroup(node) ? 6 : 4) + wide() * Math.min(1.9, 13 / Math.sqrt(largest.node)) * Math.sqrt(weightOf(node));
const widthOf = (weight) => wide() * (0.6 + Math.min(0.8, 5 / Math.sqrt(largest.edge)) * Math.sqrt(weight) * (state.mode === "events" ? 0.6 : 1));

function drawnNode(node, position) {
  const common = { id: node, x: position.x, y: position.y };
  if (isEvent(node)) {
    const event = eventOf(node);
    const colour = theme[event.tone];
    const background = event.status === "asserted" ? blended(colour, 0.18) : theme.surface;
    const border = { border: colour, background };
    return {
      ...common, shape: "box", label: shorten(plain(event.predicate), 22), margin: { top: 4, bottom: 4, left: 7, right: 7 },
      font: { size: 13, face: FONT, color: theme.ink }, borderWidth: 1.4, borderWidthSelected: 2.6,
      color: { ...border, highlight: { background, border: theme.ink }, hover: { background, border: theme.ink } },
      shapeProperties: { borderRadius: 8, borderDashes: DASHES[STATUS_STYLE[event.status]] },
    };
  }
  if (isGroup(node)) {
    const colour = theme.accent;
    const background = blended(colour, 0.16);
    return {
      ...common, shape: "dot", size: sizeOf(node), borderWidth: 1.6, borderWidthSelected: 3, shapeProperties: { borderDashes: [4, 3] },
      color: { background, border: colour, highlight: { background, border: theme.ink }, hover: { background, border: theme.ink } },
    };
  }
  const colour = theme[DATA.entities[node].type] || theme.Other;
  return {
    ...common, shape: SHAPES[DATA.entities[node].type] || "dot", size: sizeOf(node), borderWidth: 1.5, borderWidthSelected: 3,
    color: { background: colour, border: theme.paper, highlight: { background: colour, border: theme.ink }, hover: { background: colour, border: theme.ink } },
  };
}

function edgeTone(item) {
  if (item.edge.bundle) return "other";
  if (item.edge.relation !== undefined || item.edge.role === "attribution") return "relation";
  const tones = {};
  const events = item.kept ? item.kept.map((action) => [action.event, action.weight]) : [[item.edge.event, 1]];
  for (const [event, weight] of events) tones[DATA.events[event].tone] = (tones[DATA.events[event].tone] || 0) + weight;
  return Object.keys(tones).sort((a, b) => tones[b] - tones[a] || (a < b ? -1 : 1))[0];
}

function edgeStyle(edge) {
  if (edge.bundle) return "solid";
  if (edge.relation !== undefined) return "solid";
  if (edge.role === "attribution") return "dotted";
  return edge.style || STATUS_STYLE[DATA.events[edge.event].status];
}

function drawnEdge(item, many) {
  const { edge } = item;
  const colour = theme[edgeTone(item)];
  const picked = isPicked(edge);
  const quiet = edge.relation !== undefined || edge.role === "attribution";
  const bend = { solid: 0.14, dashed: 0.24, dotted: 0.34 }[edgeStyle(edge)];
  return {
    id: edge.id, from: edge.from, to: edge.to, width: (quiet ? 1 : widthOf(item.weight)) + (picked ? 1.6 : 0),
    color: { color: faded(colour, quiet ? 0.75 : 0.82), highlight: colour, hover: colour, inherit: false },
    dashes: DASHES[edgeStyle(edge)], hoverWidth: 0.6, selectionWidth: 0.8,
    arrows: { to: { enabled: edge.relation === undefined && !edge.bundle, scaleFactor: 0.42 * wide() } },
    smooth: many || state.mode === "events" || quiet ? false : { enabled: true, type: "curvedCW", roundness: bend },
  };
}

const isBright = (edge) => isPicked(edge) || (near.has(edge.from) && near.has(edge.to) && touches(edge));

// With a wide neighbourhood every edge inside it stays bright, with the closest one only the node's own.
function touches(edge) {
  if (state.mode === "events" || state.hops > 1 || !state.selected || state.selected.kind !== "node") return true;
  return edge.from === state.selected.node || edge.to === state.selected.node;
}

function isPicked(edge) {
  const picked = state.selected;
  if (!picked) return false;
  if (picked.kind === "pair") return edge.from === picked.source && edge.to === picked.target && !!edge.actions;
  if (picked.kind === "bundle") return edge.from === picked.source && edge.to === picked.target && !!edge.bundle;
  if (picked.kind === "path") return onPath(edge);
  return picked.kind === "relation" && edge.relation === picked.relation;
}

function onPath(edge) {
  const path = [...near];
  return path.some((node, i) => i && ((edge.from === path[i - 1] && edge.to === node) || (edge.to === path[i - 1] && edge.from === node)));
}
