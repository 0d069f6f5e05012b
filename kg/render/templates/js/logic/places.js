// Where each visible node is drawn. The positions come with the data; what is drawn besides finds its place near them.

function positions() {
  if (isGrouped()) return groupedPositions();
  const known = new Map((inCore() ? networkOf().core : networkOf().nodes).map((node) => [node.id, node]));
  const waiting = new Set([...shown.nodes].filter((node) => !known.has(node)).sort((a, b) => a - b));
  if (!waiting.size) return known;
  const links = linksOf(shown.edges);
  const anchored = (node) => (links.get(node) || []).map((link) => link.to).filter((end) => known.has(end));
  while (waiting.size) {
    const node = [...waiting].find((other) => anchored(other).length) ?? [...waiting][0];
    waiting.delete(node);
    known.set(node, { id: node, ...freePlace(anchored(node).map((end) => known.get(end)), known) });
  }
  return known;
}

// What is drawn beside the core stands near what it is linked to, where there is room.
function freePlace(anchors, known) {
  const middle = (axis) => anchors.reduce((sum, anchor) => sum + anchor[axis], 0) / Math.max(1, anchors.length);
  const places = [...known.values()];
  let best = null;
  for (let i = 0; i < 60; i += 1) {
    const turn = i * 2.39996; // the golden angle: no two in the same direction
    const place = { x: middle("x") + (70 + 4 * i) * Math.cos(turn), y: middle("y") + (70 + 4 * i) * Math.sin(turn) };
    let room = Infinity;
    for (const other of places) room = Math.min(room, Math.hypot((other.x - place.x) / 1.8, other.y - place.y));
    if (!best || room > best.room) best = { place, room };
    if (room > 36) break;
  }
  return best.place;
}

const ROOM = 1.3; // circles take more room than the dots the layout counts with

// Communities stand where they were laid out; one that is opened spreads its members around its place, and all
// others move away from it by as much room as they need.
function groupedPositions() {
  const places = new Map();
  DATA.communities.forEach((group, i) => { if (group.x !== undefined) places.set(groupNode(i), { x: group.x * ROOM, y: group.y * ROOM }); });
  for (const node of shown.nodes) if (isGroup(node) && !places.has(node)) places.set(node, freePlace([], places));
  const own = new Map(networkOf().nodes.map((node) => [node.id, node]));
  const opened = [...state.open].filter((group) => DATA.communities[group]).sort((a, b) => a - b);
  for (const group of opened) {
    if (!places.has(groupNode(group))) places.set(groupNode(group), freePlace([], places));
    const centre = { ...places.get(groupNode(group)) };
    const members = DATA.communities[group].members.filter((node) => own.has(node));
    const radius = 46 * Math.sqrt(members.length) + 40;
    for (const place of places.values()) pushAway(place, centre, radius);
    spread(members.map((node) => own.get(node)), radius).forEach((offset, i) => places.set(members[i], { x: centre.x + offset.x, y: centre.y + offset.y }));
  }
  for (const node of shown.nodes) if (!places.has(node)) places.set(node, freePlace([], places));
  return places;
}

function pushAway(place, centre, radius) {
  const distance = Math.hypot(place.x - centre.x, place.y - centre.y);
  if (distance < 1e-6) return;
  const further = (distance + radius) / distance;
  place.x = centre.x + (place.x - centre.x) * further;
  place.y = centre.y + (place.y - centre.y) * further;
}

// Offsets of some nodes from their middle, in the directions they have, spread evenly over a disc.
function spread(nodes, radius) {
  const middle = (axis) => nodes.reduce((sum, node) => sum + node[axis], 0) / Math.max(1, nodes.length);
  const [x, y] = [middle("x"), middle("y")];
  const far = nodes.map((node) => Math.hypot(node.x - x, node.y - y));
  const ranks = new Map(far.map((_, i) => i).sort((a, b) => far[a] - far[b] || a - b).map((i, rank) => [i, rank]));
  return nodes.map((node, i) => {
    const scale = (radius * Math.sqrt((ranks.get(i) + 0.5) / nodes.length)) / Math.max(far[i], 1e-6);
    return { x: (node.x - x) * scale, y: (node.y - y) * scale };
  });
}
