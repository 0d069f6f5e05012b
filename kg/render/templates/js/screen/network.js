// The picture: vis-network draws nodes and edges at the positions that came with the data.

let network = null;
let nodeSet = null;
let edgeSet = null;
let hovered = null;
let drawnMode = null;
let hidesEdges = false;
const remembered = new Map(); // by data set: each record as it was handed over

// Bring vis-network's data in line with what is visible: what left, what came, what changed; in one batch each.
function syncNetwork() {
  if (state.mode === "table") return;
  const drawing = `${state.mode} ${inCore()} ${isGrouped()}`;
  const changed = drawnMode !== drawing;
  if (changed) {
    for (const set of [edgeSet, nodeSet]) { set.clear(); remembered.get(set).clear(); }
    drawnMode = drawing;
  }
  const places = positions();
  const tall = stretch();
  largest = { node: 1, edge: 1 };
  for (const node of shown.nodes) if (!isEvent(node)) largest.node = Math.max(largest.node, weightOf(node));
  for (const item of shown.edges) largest.edge = Math.max(largest.edge, item.weight);
  const many = shown.edges.length > 1500;
  const nodes = [...shown.nodes].map((node) => { const { x, y } = places.get(node); return drawnNode(node, { x, y: y * tall }); });
  bringInLine(edgeSet, [], shown.edges.map((item) => item.edge.id));
  bringInLine(nodeSet, nodes, [...shown.nodes]);
  const edges = shown.edges.map((item) => drawnEdge(item, many));
  bringInLine(edgeSet, edges, edges.map((edge) => edge.id));
  if (hidesEdges !== many) network.setOptions({ interaction: { hideEdgesOnDrag: many, hideEdgesOnZoom: many } });
  hidesEdges = many;
  network.redraw();
  if (changed) fitAll(false);
}

const LAYOUT = 1.3; // the layout's width by its height
const room = () => { const { clientWidth, clientHeight } = $("#net"); return { side: Math.min(84, clientWidth * 0.14), top: 60, bottom: 34, clientWidth, clientHeight }; };

// The layout is wide, as a screen is; where the picture is narrow it is drawn out to use the height.
function stretch() {
  const { side, top, bottom, clientWidth, clientHeight } = room();
  const narrowness = (LAYOUT * (clientHeight - top - bottom)) / Math.max(1, clientWidth - 2 * side);
  return Math.max(1, Math.min(clientHeight > clientWidth ? 1.9 : 1.35, narrowness));
}

// Take out what is not wanted, and hand over what is not as it was: vis-network works long on every record.
function bringInLine(set, records, wanted) {
  const kept = new Set(wanted);
  const memory = remembered.get(set);
  const gone = set.getIds().filter((id) => !kept.has(id));
  if (gone.length) set.remove(gone);
  gone.forEach((id) => memory.delete(id));
  const changed = records.filter((item) => { const text = JSON.stringify(item); const same = memory.get(item.id) === text; memory.set(item.id, text); return !same; });
  if (changed.length) set.update(changed);
}

function fitAll(animated = true) {
  if (state.mode !== "table") look([...shown.nodes], { nearest: 1.15, animated });
}

function fitNodes(nodes) {
  look([...nodes].filter((node) => nodeSet.get(node) !== null), { nearest: 1.2, animated: true });
}

// Look at some nodes, with room for their labels at the sides and for the notice above.
function look(nodes, { nearest, animated }) {
  if (!nodes.length) return;
  const { side, top, bottom, clientWidth, clientHeight } = room();
  const box = { left: Infinity, right: -Infinity, top: Infinity, bottom: -Infinity };
  for (const node of nodes) {
    const { x, y } = network.getPosition(node);
    Object.assign(box, { left: Math.min(box.left, x), right: Math.max(box.right, x), top: Math.min(box.top, y), bottom: Math.max(box.bottom, y) });
  }
  const scale = Math.max(0.02, Math.min(nearest, (clientWidth - 2 * side) / Math.max(1, box.right - box.left), (clientHeight - top - bottom) / Math.max(1, box.bottom - box.top)));
  const position = { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 - (top - bottom) / 2 / scale };
  network.moveTo({ scale, position, animation: animated && !calm() && !hidesEdges ? { duration: 380, easingFunction: "easeInOutQuad" } : false });
}

function zoomBy(factor) {
  network.moveTo({ scale: Math.max(0.02, Math.min(4, network.getScale() * factor)), animation: calm() || hidesEdges ? false : { duration: 150, easingFunction: "easeInOutQuad" } });
}

// A click on a node selects it, or ends the picking of a path.
function pickNode(node) {
  if (state.pathFrom !== null && !isEvent(node) && !isGroup(node) && node !== state.pathFrom) showPath(state.pathFrom, node);
  else select({ kind: "node", node });
}

// What a click on an edge asks for.
function pickEdge(id) {
  const item = shown.edges.find(({ edge }) => edge.id === id);
  if (!item) return;
  const { relation, bundle, event, from: source, to: target } = item.edge;
  if (bundle) select({ kind: "bundle", source, target });
  else if (relation !== undefined) select({ kind: "relation", relation });
  else if (item.kept) select({ kind: "pair", source, target });
  else select({ kind: "node", node: FIRST_EVENT + event });
}

function startNetwork() {
  readTheme();
  nodeSet = new vis.DataSet();
  edgeSet = new vis.DataSet();
  for (const set of [nodeSet, edgeSet]) remembered.set(set, new Map());
  network = new vis.Network($("#net"), { nodes: nodeSet, edges: edgeSet }, {
    autoResize: true, physics: false, layout: { improvedLayout: false },
    interaction: { hover: true, hoverConnectedEdges: false, selectConnectedEdges: false, tooltipDelay: 100000, zoomSpeed: 0.6 },
    nodes: { scaling: { label: { drawThreshold: 5, maxVisible: 24 } } },
  });
  network.on("click", ({ nodes, edges }) => {
    if (nodes.length) pickNode(nodes[0]);
    else if (edges.length) pickEdge(edges[0]);
    else if (state.selected) select(null);
  });
  network.on("doubleClick", ({ nodes }) => {
    if (!nodes.length) return;
    if (isGroup(nodes[0])) toggleGroup(-1 - nodes[0]);
    else fitNodes(near || nodes);
  });
  network.on("hoverNode", ({ node, pointer }) => { hovered = node; $("#net").style.cursor = "pointer"; showTip(tipOfNode(node), pointer.DOM); network.redraw(); });
  network.on("blurNode", () => { hovered = null; $("#net").style.cursor = ""; hideTip(); network.redraw(); });
  network.on("hoverEdge", ({ edge, pointer }) => { const text = tipOfEdge(edge); $("#net").style.cursor = "pointer"; if (text) showTip(text, pointer.DOM); });
  network.on("blurEdge", () => { $("#net").style.cursor = ""; hideTip(); });
  network.on("dragStart", () => { moving = true; hideTip(); });
  network.on("dragEnd", () => { moving = false; network.redraw(); });
  network.on("zoom", hideTip);
  network.on("afterDrawing", drawOver);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readTheme(); refresh(); });
}

// From the selected node to the neighbour that lies closest to the direction of an arrow key.
function step(dx, dy) {
  const picked = state.selected || {};
  const from = picked.kind === "node" ? picked.node : picked.kind === "group" ? groupNode(picked.group) : null;
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

