// Labels are ours, not vis-network's, so that they never cover each other: drawn on its canvas after it has drawn, in
// pixels of the screen, so that they are as large at every zoom.

const MOST_LABELS = 260;
let strongFrom = Infinity; // from which strength on a label stands out
let moving = false;
const widths = new Map();

function drawOver(context) {
  drawVeil(context);
  const camera = { scale: network.getScale(), view: network.getViewPosition(), width: $("#net").clientWidth, height: $("#net").clientHeight };
  for (const node of shown.nodes) if (isEvent(node)) strikeOut(context, node, camera.scale);
  context.save();
  const dots = network.canvas.pixelRatio;
  context.setTransform(dots, 0, 0, dots, 0, 0);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  const taken = makeRoom();
  coverControls(taken);
  drawLabels(context, camera, taken);
  drawEdgeLabels(context, camera, taken);
  context.restore();
}

const toScreen = ({ x, y }, { scale, view, width, height }) => ({ x: (x - view.x) * scale + width / 2, y: (y - view.y) * scale + height / 2 });
const isNear = (at, { width, height }, by) => at.x > -by && at.x < width + by && at.y > -by && at.y < height + by;
const isInside = (box, { width, height }) => box.x0 > 0 && box.x1 < width && box.y0 > 0 && box.y1 < height;

// What is not near the selection fades behind a veil; the rest is drawn again on top of it.
function drawVeil(context) {
  if (near === null) return;
  const { clientWidth, clientHeight } = $("#net");
  const [from, to] = [network.DOMtoCanvas({ x: 0, y: 0 }), network.DOMtoCanvas({ x: clientWidth, y: clientHeight })];
  context.fillStyle = faded(theme.paper, 0.84);
  context.fillRect(from.x, from.y, to.x - from.x, to.y - from.y);
  const edges = shown.edges.filter(({ edge }) => isBright(edge)).map(({ edge }) => network.body.edges[edge.id]).filter((edge) => edge && edge.connected);
  edges.forEach((edge) => edge.draw(context));
  edges.forEach((edge) => edge.drawArrows(context));
  for (const node of near) if (network.body.nodes[node]) network.body.nodes[node].draw(context);
}

// No label goes under what lies on the picture.
function coverControls(taken) {
  const frame = $("#net").getBoundingClientRect();
  for (const cover of document.querySelectorAll("#stage .zoom, #notice > *")) {
    const { left, right, top, bottom } = cover.getBoundingClientRect();
    taken.add({ x0: left - frame.left, x1: right - frame.left, y0: top - frame.top, y1: bottom - frame.top, node: null });
  }
}

// The most important first; one that would cover another label or a node is left for a closer zoom.
function drawLabels(context, camera, taken) {
  const here = [];
  for (const node of shown.nodes) {
    const body = network.body.nodes[node];
    if (!body) continue;
    const at = toScreen(body, camera);
    if (!isNear(at, camera, 60)) continue;
    const broad = (isEvent(node) ? body.shape.width / 2 : sizeOf(node)) * camera.scale;
    const high = (isEvent(node) ? body.shape.height / 2 : sizeOf(node)) * camera.scale;
    taken.add({ x0: at.x - broad, x1: at.x + broad, y0: at.y - high, y1: at.y + high, node });
    if (!isEvent(node) && (near === null || near.has(node) || node === hovered)) here.push({ node, ...at, broad, high, rank: brightness(node), strength: shown.strength.get(node) || 0 });
  }
  here.sort((a, b) => b.rank - a.rank || b.strength - a.strength || a.node - b.node);
  let drawn = 0;
  for (const item of here) {
    if (drawn >= (moving ? 60 : MOST_LABELS)) break;
    drawn += drawLabel(context, camera, taken, item);
  }
}

function brightness(node) {
  const picked = state.selected || {};
  if (node === hovered || (picked.kind === "node" && node === picked.node)) return 2;
  return near !== null && near.has(node) ? 1 : 0;
}

function drawLabel(context, camera, taken, { node, rank, strength, ...place }) {
  const strong = rank === 2 || strength >= strongFrom;
  const text = shorten(plain(nameOf(node)), rank === 2 ? 60 : isGroup(node) ? 34 : 26);
  context.font = `${strong ? "620 13.5px" : "450 12px"} ${FONT}`;
  const boxes = labelBoxes({ ...place, width: textWidth(context, text), node });
  const seen = (box) => isInside(box, camera);
  const spot = boxes.find((box) => taken.free(box, node) && seen(box))
    || (strong && (boxes.find((box) => taken.free(box, node, true) && seen(box)) || boxes.find((box) => taken.free(box, node))))
    || (rank === 2 ? boxes[0] : null);
  if (!spot) return 0;
  taken.add({ ...spot, node: null });
  write(context, text, spot.x0 + 2, (spot.y0 + spot.y1) / 2, theme.ink);
  return 1;
}

function write(context, text, x, y, colour) {
  context.strokeStyle = faded(theme.paper, 0.92);
  context.lineWidth = 3.5;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

function textWidth(context, text) {
  const key = `${context.font.slice(0, 12)}${text}`;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

function strikeOut(context, node, scale) {
  const body = network.body.nodes[node];
  if (!body || eventOf(node).status !== "negated" || scale < 0.45) return;
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
  if (edge.relation !== undefined) return propertyName(DATA.relations[edge.relation].property);
  if (edge.role) return roleName(edge.role);
  const weights = {};
  for (const action of kept) weights[action.predicate] = (weights[action.predicate] || 0) + action.weight;
  const ranked = Object.keys(weights).sort((a, b) => weights[b] - weights[a] || (a < b ? -1 : 1));
  return ranked.slice(0, 2).join(", ") + (ranked.length > 2 ? ` +${ranked.length - 2}` : "");
}

// Of the selected or the one under the mouse always; of all others from close by.
function drawEdgeLabels(context, camera, taken) {
  if (moving && shown.edges.length > 600) return;
  const close = camera.scale > (state.mode === "events" ? 1.3 : 0.95) && near === null;
  if (!close && near === null && hovered === null) return;
  const picked = state.selected && state.selected.kind === "node" ? state.selected.node : null;
  const own = ({ edge }) => isPicked(edge) || [edge.from, edge.to].some((end) => end === hovered || (end === picked && near !== null && near.has(edge.from) && near.has(edge.to)));
  const items = shown.edges
    .map((item) => ({ item, own: own(item) }))
    .filter(({ item, own: mine }) => mine || (close && item.edge.role === undefined))
    .sort((a, b) => b.own - a.own || b.item.weight - a.item.weight || (a.item.edge.id < b.item.edge.id ? -1 : 1))
    .slice(0, 120);
  context.font = `italic 450 11.5px ${FONT}`;
  for (const { item } of items) {
    const drawnOne = network.body.edges[item.edge.id];
    if (!drawnOne || !drawnOne.connected) continue;
    const at = toScreen(drawnOne.edgeType.getPoint(0.5), camera);
    if (!isNear(at, camera, 0)) continue;
    const text = shorten(plain(edgeLabel(item)), 30);
    const width = textWidth(context, text);
    const box = { x0: at.x - width / 2 - 2, x1: at.x + width / 2 + 2, y0: at.y - 7, y1: at.y + 7, node: null };
    if (!taken.free(box, undefined)) continue;
    taken.add(box);
    write(context, text, at.x - width / 2, at.y, edgeTone(item) === "relation" ? theme.muted : theme[edgeTone(item)]);
  }
}
