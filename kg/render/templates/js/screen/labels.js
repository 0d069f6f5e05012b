// Labels are ours, not vis-network's, so that they never cover each other: drawn on its canvas after it has drawn.

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
  // nor does a label go under what lies on the picture
  for (const cover of document.querySelectorAll("#stage .zoom, #notice > *")) {
    const { left, right, top, bottom } = cover.getBoundingClientRect();
    const corner = { x: view.x * scale - frame.width / 2 - frame.left, y: view.y * scale - frame.height / 2 - frame.top };
    add({ x0: left + corner.x, x1: right + corner.x, y0: top + corner.y, y1: bottom + corner.y, node: null });
  }
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
    const text = shorten(plain(nameOf(node)), bright(node) === 2 ? 60 : isGroup(node) ? 34 : 26);
    context.font = `${strong ? 620 : 450} ${pixels / scale}px ${FONT}`;
    const width = textWidth(context, text, scale);
    const x = body.x * scale;
    const y = body.y * scale;
    const spots = [[x - width / 2, y + high + 9], [x + broad + 5, y], [x - width / 2, y - high - 9], [x - broad - 5 - width, y],
      [x + broad, y + high + 5], [x + broad, y - high - 5], [x - broad - width, y + high + 5], [x - broad - width, y - high - 5]];
    const boxes = spots.map(([left, middle]) => ({ x0: left - 2, x1: left + width + 2, y0: middle - 8, y1: middle + 8, node }));
    const spot = boxes.find((box) => free(box, node) && inside(box)) || (strong && boxes.find((box) => free(box, node, true) && inside(box))) || (strong && boxes.find((box) => free(box, node))) || (bright(node) === 2 ? boxes[0] : null);
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
  if (edge.bundle) return plural(item.weight, "report");
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
