// Small pictures: the shapes and lines of the network, as SVG.

const SHAPE_PATHS = {
  dot: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z", square: "M3 3h10v10H3Z", triangle: "M8 2l6.5 11.5h-13Z", triangleDown: "M8 14 1.5 2.5h13Z",
  hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8Z", diamond: "M8 1l6 7-6 7-6-7Z", star: "M8 1l2 4.8 5 .4-3.8 3.3 1.2 5L8 11.8l-4.4 2.7 1.2-5L1 6.2l5-.4Z",
};

function svgIcon(cls, box, ...children) {
  return svg("svg", { class: cls, viewBox: box, "aria-hidden": "true" }, ...children);
}

function shapeIcon(type) {
  const path = svg("path", { d: SHAPE_PATHS[SHAPES[type] || "dot"] });
  path.style.fill = `var(--${SHAPES[type] ? type : "Other"})`;
  return svgIcon("shape", "0 0 16 16", path);
}

function eventIcon(event) {
  const box = svg("rect", { x: 1.5, y: 4, width: 13, height: 8, rx: 2.5, "stroke-width": 1.5 });
  box.style.stroke = `var(--${event.tone})`;
  box.style.fill = "none";
  if (event.status !== "asserted") box.setAttribute("stroke-dasharray", event.status === "negated" ? "1 2" : "3 2");
  return svgIcon("shape", "0 0 16 16", box);
}

function groupIcon() {
  const dots = [[5, 6], [11, 5.5], [8.5, 11]].map(([cx, cy]) => svg("circle", { cx, cy, r: 2.6 }));
  dots.forEach((dot) => { dot.style.fill = "var(--Work)"; });
  return svgIcon("shape", "0 0 16 16", ...dots);
}

const nodeIcon = (node) => (isGroup(node) ? groupIcon() : isEvent(node) ? eventIcon(eventOf(node)) : shapeIcon(DATA.entities[node].type));

function lineIcon(style, colour) {
  const line = svg("line", { x1: 1, y1: 6, x2: 29, y2: 6, "stroke-width": 2.4, "stroke-linecap": "round" });
  line.style.stroke = colour || "currentColor";
  if (style !== "solid") line.setAttribute("stroke-dasharray", style === "dotted" ? "0.5 5" : "6 5");
  return svgIcon("line", "0 0 30 12", line);
}

// A lasting relation: a thin grey line without an arrow, as no event has it.
function relationIcon() {
  const line = svg("line", { x1: 1, y1: 6, x2: 29, y2: 6, "stroke-width": 1.3 });
  line.style.stroke = "var(--relation)";
  return svgIcon("line", "0 0 30 12", line);
}

function toneIcon(tone) {
  const dot = el("span", { cls: "dot", title: tone });
  dot.style.background = `var(--${tone})`;
  return dot;
}
