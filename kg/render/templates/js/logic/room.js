// Where on the screen something stands already: boxes in a grid, so that a new one is compared with its neighbours only.

function makeRoom() {
  const grid = new Map();
  const cells = ({ x0, x1, y0, y1 }) => {
    const keys = [];
    for (let x = Math.floor(x0 / 80); x <= Math.floor(x1 / 80); x += 1) for (let y = Math.floor(y0 / 40); y <= Math.floor(y1 / 40); y += 1) keys.push(x * 4099 + y);
    return keys;
  };
  const meet = (a, b) => a.x1 >= b.x0 && a.x0 <= b.x1 && a.y1 >= b.y0 && a.y0 <= b.y1;
  return {
    // `node`: whose body the box is; null for what nothing may cover.
    add(box) { for (const key of cells(box)) { if (grid.has(key)) grid.get(key).push(box); else grid.set(key, [box]); } },
    // Whether a box covers nothing but its own node, or, `overNodes`, no label.
    free(box, own, overNodes = false) {
      return cells(box).every((key) => (grid.get(key) || []).every((other) => other.node === own || (overNodes && other.node !== null) || !meet(box, other)));
    },
  };
}

// Where the label of a node may stand, best first: below, beside, above, and in the corners.
function labelBoxes({ x, y, broad, high, width, node }) {
  const spots = [[x - width / 2, y + high + 9], [x + broad + 5, y], [x - width / 2, y - high - 9], [x - broad - 5 - width, y],
    [x + broad, y + high + 5], [x + broad, y - high - 5], [x - broad - width, y + high + 5], [x - broad - width, y - high - 5]];
  return spots.map(([left, middle]) => ({ x0: left - 2, x1: left + width + 2, y0: middle - 8, y1: middle + 8, node }));
}
