// The picture: vis-network draws nodes and edges at the positions that came with the data; labels are ours,
// so that they never cover each other.

const SHAPES = {
  Person: "dot", Organization: "square", Group: "triangle", Place: "hexagon", Facility: "triangleDown", Law: "diamond", Product: "diamond",
  Event: "star", Work: "square", Other: "dot",
};
const DASHES = { solid: false, dashed: [7, 5], dotted: [1.5, 5] };
const FONT = '"Inter", -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif';

let theme = {};
let network = null;
let nodeSet = null;
let edgeSet = null;
let shown = { nodes: new Set(), edges: [], strength: new Map(), all: 0, links: 0 };
let near = null; // nodes that stay bright around the selection; null: all
let hovered = null;
let drawnMode = null;

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
const sizeOf = (node) => wide() * (4 + Math.min(1.9, 13 / Math.sqrt(largest.node)) * Math.sqrt(shown.strength.get(node) || 1));
const widthOf = (weight) => wide() * (0.6 + Math.min(0.8, 5 / Math.sqrt(largest.edge)) * Math.sqrt(weight) * (state.mode === "events" ? 0.6 : 1));

function drawnNode(node, position) {
  const dim = near !== null && !near.has(node);
  const common = { id: node, x: position.x, y: position.y, opacity: dim ? 0.16 : 1 };
  if (isEvent(node)) {
    const event = eventOf(node);
    const colour = theme[event.tone];
    const background = event.status === "asserted" ? blended(colour, 0.18) : theme.surface;
    const border = { border: colour, background };
    return {
      ...common, shape: "box", label: shorten(plain(event.predicate), 22), margin: { top: 4, bottom: 4, left: 7, right: 7 },
      font: { size: 13, face: FONT, color: dim ? faded(theme.ink, 0.25) : theme.ink }, borderWidth: 1.4, borderWidthSelected: 2.6,
      color: { ...border, highlight: { background, border: theme.ink }, hover: { background, border: theme.ink } },
      shapeProperties: { borderRadius: 8, borderDashes: DASHES[STATUS_STYLE[event.status]] },
    };
  }
  const colour = theme[DATA.entities[node].type] || theme.Other;
  return {
    ...common, shape: SHAPES[DATA.entities[node].type] || "dot", size: sizeOf(node), borderWidth: 1.5, borderWidthSelected: 3,
    color: { background: colour, border: theme.paper, highlight: { background: colour, border: theme.ink }, hover: { background: colour, border: theme.ink } },
  };
}

function edgeTone(item) {
  if (item.edge.relation !== undefined || item.edge.role === "attribution") return "relation";
  const tones = {};
  const events = item.kept ? item.kept.map((action) => [action.event, action.weight]) : [[item.edge.event, 1]];
  for (const [event, weight] of events) tones[DATA.events[event].tone] = (tones[DATA.events[event].tone] || 0) + weight;
  return Object.keys(tones).sort((a, b) => tones[b] - tones[a] || (a < b ? -1 : 1))[0];
}

function edgeStyle(edge) {
  if (edge.relation !== undefined) return "solid";
  if (edge.role === "attribution") return "dotted";
  return edge.style || STATUS_STYLE[DATA.events[edge.event].status];
}

function drawnEdge(item, many) {
  const { edge } = item;
  const colour = theme[edgeTone(item)];
  const picked = isPicked(edge);
  const dim = near !== null && !picked && !(near.has(edge.from) && near.has(edge.to) && touches(edge));
  const quiet = edge.relation !== undefined || edge.role === "attribution";
  const bend = { solid: 0.14, dashed: 0.24, dotted: 0.34 }[edgeStyle(edge)];
  return {
    id: edge.id, from: edge.from, to: edge.to, width: (quiet ? 1 : widthOf(item.weight)) + (picked ? 1.6 : 0),
    color: { color: faded(colour, dim ? 0.09 : quiet ? 0.75 : 0.82), highlight: colour, hover: colour, inherit: false },
    dashes: DASHES[edgeStyle(edge)], hoverWidth: 0.6, selectionWidth: 0.8,
    arrows: { to: { enabled: edge.relation === undefined, scaleFactor: 0.42 * wide() } },
    smooth: many || state.mode === "events" || quiet ? false : { enabled: true, type: "curvedCW", roundness: bend },
  };
}

// With a wide neighbourhood every edge inside it stays bright, with the closest one only the node's own.
function touches(edge) {
  if (state.mode === "events" || state.hops > 1 || !state.selected || state.selected.kind !== "node") return true;
  return edge.from === state.selected.node || edge.to === state.selected.node;
}

function isPicked(edge) {
  const picked = state.selected;
  if (!picked) return false;
  if (picked.kind === "pair") return edge.from === picked.source && edge.to === picked.target && !!edge.actions;
  if (picked.kind === "path") return onPath(edge);
  return picked.kind === "relation" && edge.relation === picked.relation;
}

function onPath(edge) {
  const path = [...near];
  return path.some((node, i) => i && ((edge.from === path[i - 1] && edge.to === node) || (edge.to === path[i - 1] && edge.from === node)));
}

function neighbourhood() {
  const picked = state.selected;
  if (!picked) return null;
  if (picked.kind === "pair") return new Set([picked.source, picked.target]);
  if (picked.kind === "relation") return new Set([DATA.relations[picked.relation].subject, DATA.relations[picked.relation].object]);
  if (picked.kind === "path") return new Set(pathBetween(picked.from, picked.to) || [picked.from, picked.to]);
  if (picked.kind === "group") return new Set(DATA.communities[picked.group].members);
  if (picked.kind !== "node" || !shown.nodes.has(picked.node)) return null;
  const links = new Map();
  for (const { edge } of shown.edges) {
    for (const [a, b] of [[edge.from, edge.to], [edge.to, edge.from]]) links.set(a, [...(links.get(a) || []), b]);
  }
  const found = new Set([picked.node]);
  let rim = [picked.node];
  // in the events view two entities stand two steps apart, with the event between them
  for (let hop = 0; hop < state.hops * (state.mode === "events" && !isEvent(picked.node) ? 2 : 1); hop += 1) {
    const next = new Set(rim.flatMap((node) => links.get(node) || []).filter((node) => !found.has(node)));
    next.forEach((node) => found.add(node));
    rim = [...next];
  }
  return found;
}

// Bring vis-network's data in line with what is visible: what left, what came, what changed; in one batch each.
function syncNetwork() {
  if (state.mode === "table") return;
  const drawing = `${state.mode} ${inCore()}`;
  const changed = drawnMode !== drawing;
  if (changed) {
    edgeSet.clear();
    nodeSet.clear();
    drawnMode = drawing;
  }
  const places = positions();
  largest = { node: Math.max(1, ...[...shown.nodes].map((node) => (isEvent(node) ? 0 : shown.strength.get(node) || 0))), edge: Math.max(1, ...shown.edges.map((item) => item.weight)) };
  const many = shown.edges.length > 1500;
  const wantedEdges = new Map(shown.edges.map((item) => [item.edge.id, item]));
  edgeSet.remove(edgeSet.getIds().filter((id) => !wantedEdges.has(id)));
  nodeSet.remove(nodeSet.getIds().filter((id) => !shown.nodes.has(id)));
  nodeSet.update([...shown.nodes].map((node) => drawnNode(node, places.get(node))));
  edgeSet.update([...wantedEdges.values()].map((item) => drawnEdge(item, many)));
  network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
  if (changed) fitAll(false);
}

function fitAll(animated = true) {
  if (!shown.nodes.size || state.mode === "table") return;
  network.fit({ maxZoomLevel: 1.15, animation: animated && !calm() ? { duration: 350, easingFunction: "easeInOutQuad" } : false });
  if (animated && !calm()) return;
  // room for labels at the sides, and for the notice above
  const scale = network.getScale() * ($("#net").clientWidth < 600 ? 0.84 : 0.9);
  const middle = network.getViewPosition();
  network.moveTo({ scale, position: { x: middle.x, y: middle.y - 14 / scale } });
}

function fitNodes(nodes) {
  const here = [...nodes].filter((node) => nodeSet.get(node) !== null);
  if (!here.length) return;
  network.fit({ nodes: here, maxZoomLevel: 1.2, animation: calm() ? false : { duration: 400, easingFunction: "easeInOutQuad" } });
}

// Labels, the most important first; one that would cover another label or a node is left for a closer zoom.
function drawLabels(context) {
  const scale = network.getScale();
  const view = network.getViewPosition();
  const frame = $("#net").getBoundingClientRect();
  const half = { x: frame.width / 2 / scale + 60 / scale, y: frame.height / 2 / scale + 30 / scale };
  const grid = new Map();
  const cells = (box) => {
    const keys = [];
    for (let x = Math.floor(box.x0 / 80); x <= Math.floor(box.x1 / 80); x += 1) for (let y = Math.floor(box.y0 / 40); y <= Math.floor(box.y1 / 40); y += 1) keys.push(`${x},${y}`);
    return keys;
  };
  const inside = (box) => Math.abs((box.x0 + box.x1) / 2 - view.x * scale) + (box.x1 - box.x0) / 2 < frame.width / 2 && Math.abs((box.y0 + box.y1) / 2 - view.y * scale) < frame.height / 2 - 8;
  const add = (box) => cells(box).forEach((key) => grid.has(key) ? grid.get(key).push(box) : grid.set(key, [box]));
  const free = (box, own, overNodes) => cells(box).every((key) => (grid.get(key) || []).every((other) => other.node === own || (overNodes && other.node !== null) || box.x1 < other.x0 || box.x0 > other.x1 || box.y1 < other.y0 || box.y0 > other.y1));
  const here = [];
  for (const node of shown.nodes) {
    const body = network.body.nodes[node];
    if (!body || Math.abs(body.x - view.x) > half.x || Math.abs(body.y - view.y) > half.y) continue;
    const size = isEvent(node) ? null : sizeOf(node);
    const broad = (size === null ? body.shape.width / 2 : size) * scale;
    const high = (size === null ? body.shape.height / 2 : size) * scale;
    add({ x0: body.x * scale - broad, x1: body.x * scale + broad, y0: body.y * scale - high, y1: body.y * scale + high, node });
    here.push({ node, body, broad, high });
  }
  const selected = state.selected && state.selected.kind === "node" ? state.selected.node : null;
  const bright = (node) => (node === hovered || node === selected ? 2 : near !== null && near.has(node) ? 1 : 0);
  here.sort((a, b) => bright(b.node) - bright(a.node) || (shown.strength.get(b.node) || 0) - (shown.strength.get(a.node) || 0) || a.node - b.node);
  context.save();
  context.textBaseline = "middle";
  context.lineJoin = "round";
  let drawn = 0;
  for (const { node, body, broad, high } of here) {
    if (isEvent(node)) {
      strikeOut(context, node, body, scale);
      continue;
    }
    if (near !== null && !near.has(node) && node !== hovered) continue;
    if (drawn >= (moving ? 60 : 260)) break;
    const strong = bright(node) === 2 || (shown.strength.get(node) || 0) >= strongFrom;
    const pixels = strong ? 13.5 : 12;
    const text = shorten(plain(DATA.entities[node].label), bright(node) === 2 ? 60 : 26);
    context.font = `${strong ? 620 : 450} ${pixels / scale}px ${FONT}`;
    const width = textWidth(context, text, scale);
    const x = body.x * scale;
    const y = body.y * scale;
    const spots = [[x - width / 2, y + high + 9], [x + broad + 5, y], [x - width / 2, y - high - 9], [x - broad - 5 - width, y],
      [x + broad, y + high + 5], [x + broad, y - high - 5], [x - broad - width, y + high + 5], [x - broad - width, y - high - 5]];
    const boxes = spots.map(([left, middle]) => ({ x0: left - 2, x1: left + width + 2, y0: middle - 8, y1: middle + 8, node }));
    const spot = boxes.find((box) => free(box, node) && inside(box)) || boxes.find((box) => free(box, node)) || (strong && boxes.find((box) => free(box, node, true) && inside(box))) || (bright(node) === 2 ? boxes[0] : null);
    if (!spot) continue;
    add({ ...spot, node: null });
    const left = (spot.x0 + 2) / scale;
    const middle = (spot.y0 + spot.y1) / 2 / scale;
    context.strokeStyle = faded(theme.paper, 0.92);
    context.lineWidth = 3.5 / scale;
    context.strokeText(text, left, middle);
    context.fillStyle = theme.ink;
    context.fillText(text, left, middle);
    drawn += 1;
  }
  drawEdgeLabels(context, scale, free, add, view, half);
  context.restore();
}

let strongFrom = Infinity;
let moving = false;
const widths = new Map();

// In pixels of the screen; the font is scaled with the zoom, so its width there is always the same.
function textWidth(context, text, scale) {
  const key = `${context.font.startsWith("620")}${context.font.startsWith("italic")}${text}`;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width * scale);
  return widths.get(key);
}

function strikeOut(context, node, body, scale) {
  if (eventOf(node).status !== "negated" || scale < 0.45) return;
  const half = body.shape.width / 2 - 6;
  context.strokeStyle = faded(theme.conflict, near !== null && !near.has(node) ? 0.2 : 0.95);
  context.lineWidth = 1.2;
  context.beginPath();
  context.moveTo(body.x - half, body.y + 0.5);
  context.lineTo(body.x + half, body.y + 0.5);
  context.stroke();
}

function edgeLabel(item) {
  const { edge, kept } = item;
  if (edge.relation !== undefined) return PROPERTY_NAMES[DATA.relations[edge.relation].property] || DATA.relations[edge.relation].property;
  if (edge.role) return ROLE_NAMES[edge.role] || edge.role;
  const weights = {};
  for (const action of kept) weights[action.predicate] = (weights[action.predicate] || 0) + action.weight;
  const ranked = Object.keys(weights).sort((a, b) => weights[b] - weights[a] || (a < b ? -1 : 1));
  return ranked.slice(0, 2).join(", ") + (ranked.length > 2 ? ` +${ranked.length - 2}` : "");
}

function drawEdgeLabels(context, scale, free, add, view, half) {
  if (moving && shown.edges.length > 600) return;
  const close = scale > (state.mode === "events" ? 1.3 : 0.95);
  if (!close && near === null && hovered === null) return;
  const items = shown.edges
    .map((item) => ({ item, own: isPicked(item.edge) || (near !== null && state.selected.kind === "node" && near.has(item.edge.from) && near.has(item.edge.to) && (item.edge.from === state.selected.node || item.edge.to === state.selected.node)) || item.edge.from === hovered || item.edge.to === hovered }))
    .filter(({ item, own }) => own || (close && near === null && item.edge.role === undefined))
    .sort((a, b) => b.own - a.own || b.item.weight - a.item.weight || a.item.edge.id - b.item.edge.id)
    .slice(0, 120);
  context.font = `italic 450 ${11.5 / scale}px ${FONT}`;
  for (const { item } of items) {
    const drawnOne = network.body.edges[item.edge.id];
    if (!drawnOne || !drawnOne.connected) continue;
    const point = drawnOne.edgeType.getPoint(0.5);
    if (Math.abs(point.x - view.x) > half.x || Math.abs(point.y - view.y) > half.y) continue;
    const text = shorten(plain(edgeLabel(item)), 30);
    const width = textWidth(context, text, scale);
    const box = { x0: point.x * scale - width / 2 - 2, x1: point.x * scale + width / 2 + 2, y0: point.y * scale - 7, y1: point.y * scale + 7, node: null };
    if (!free(box, undefined)) continue;
    add(box);
    context.strokeStyle = faded(theme.paper, 0.92);
    context.lineWidth = 3.5 / scale;
    context.strokeText(text, point.x - width / 2 / scale, point.y);
    context.fillStyle = edgeTone(item) === "relation" ? theme.muted : theme[edgeTone(item)];
    context.fillText(text, point.x - width / 2 / scale, point.y);
  }
}

function showTip(text, pointer) {
  const tip = $("#tip");
  tip.textContent = text;
  tip.hidden = false;
  const stage = $("#net").getBoundingClientRect();
  const left = Math.min(pointer.x + 14, stage.width - tip.offsetWidth - 8);
  const below = pointer.y + 18 + tip.offsetHeight < stage.height;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${below ? pointer.y + 18 : pointer.y - tip.offsetHeight - 10}px`;
}

const hideTip = () => { $("#tip").hidden = true; };

function tipOfNode(node) {
  if (isEvent(node)) {
    const event = eventOf(node);
    return [event.label, event.status === "asserted" ? null : event.status, showTime(event.time)].filter(Boolean).join(" · ");
  }
  const entity = DATA.entities[node];
  return `${entity.label} · ${entity.type.toLowerCase()} · ${plural(entity.events, "event")}`;
}

function tipOfEdge(id) {
  const item = shown.edges.find(({ edge }) => edge.id === id);
  if (!item) return null;
  const names = [item.edge.from, item.edge.to].map((node) => shorten(record(node).label, 40));
  return `${names[0]} → ${names[1]}: ${edgeLabel(item)}${item.kept ? ` (${plural(item.weight, "report")})` : ""}`;
}

// A click on a node selects it, or ends the picking of a path.
function pickNode(node) {
  if (state.pathFrom !== null && !isEvent(node) && node !== state.pathFrom) showPath(state.pathFrom, node);
  else select({ kind: "node", node });
}

// What a click on an edge asks for.
function pickEdge(id) {
  const item = shown.edges.find(({ edge }) => edge.id === id);
  if (!item) return;
  if (item.edge.relation !== undefined) select({ kind: "relation", relation: item.edge.relation });
  else if (item.kept) select({ kind: "pair", source: item.edge.from, target: item.edge.to });
  else select({ kind: "node", node: FIRST_EVENT + item.edge.event });
}

function startNetwork() {
  readTheme();
  nodeSet = new vis.DataSet();
  edgeSet = new vis.DataSet();
  network = new vis.Network($("#net"), { nodes: nodeSet, edges: edgeSet }, {
    autoResize: true, physics: false, layout: { improvedLayout: false },
    interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, tooltipDelay: 100000, zoomSpeed: 0.6 },
    nodes: { scaling: { label: { drawThreshold: 5, maxVisible: 24 } } },
  });
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) pickNode(nodes[0]);
    else if (edges.length) pickEdge(edges[0]);
    else select(null);
  });
  network.on("doubleClick", ({ nodes }) => { if (nodes.length) fitNodes(neighbourhood() || nodes); });
  network.on("hoverNode", ({ node, pointer }) => { hovered = node; $("#net").style.cursor = "pointer"; showTip(tipOfNode(node), pointer.DOM); network.redraw(); });
  network.on("blurNode", () => { hovered = null; $("#net").style.cursor = ""; hideTip(); network.redraw(); });
  network.on("hoverEdge", ({ edge, pointer }) => { const text = tipOfEdge(edge); $("#net").style.cursor = "pointer"; if (text) showTip(text, pointer.DOM); });
  network.on("blurEdge", () => { $("#net").style.cursor = ""; hideTip(); });
  network.on("dragStart", () => { moving = true; hideTip(); });
  network.on("dragEnd", () => { moving = false; network.redraw(); });
  network.on("zoom", hideTip);
  network.on("afterDrawing", drawLabels);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readTheme(); refresh(); });
}

// From the selected node to the neighbour that lies closest to the direction of an arrow key.
function step(dx, dy) {
  const from = state.selected && state.selected.kind === "node" ? state.selected.node : null;
  if (from === null || !shown.nodes.has(from)) {
    const first = [...shown.nodes].sort((a, b) => shown.strength.get(b) - shown.strength.get(a) || a - b)[0];
    if (first !== undefined) select({ kind: "node", node: first });
    return;
  }
  const here = network.getPosition(from);
  let best = null;
  for (const { edge } of shown.edges) {
    const other = edge.from === from ? edge.to : edge.to === from ? edge.from : null;
    if (other === null) continue;
    const there = network.getPosition(other);
    const length = Math.hypot(there.x - here.x, there.y - here.y) || 1;
    const along = ((there.x - here.x) * dx + (there.y - here.y) * dy) / length;
    if (along > 0.3 && (!best || along - length / 4000 > best.score)) best = { node: other, score: along - length / 4000 };
  }
  if (best) select({ kind: "node", node: best.node });
}

function savePicture() {
  const source = $("#net canvas");
  const copy = el("canvas", { width: source.width, height: source.height });
  const context = copy.getContext("2d");
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(source, 0, 0);
  copy.toBlob((blob) => download("graph.png", blob), "image/png");
}
