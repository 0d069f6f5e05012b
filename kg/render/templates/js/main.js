// What holds the parts together: legend and filters, selection, address, keyboard, start.

const FACETS = [
  { key: "type", title: "Who and what", open: true, values: () => tally(DATA.entities.map((entity) => entity.type)), icon: (value) => shapeIcon(value) },
  { key: "status", title: "How sure", open: true, values: () => tally(DATA.events.map((event) => event.status), Object.keys(STATUS_STYLE)), icon: (value) => lineIcon(STATUS_STYLE[value]) },
  { key: "category", title: "What kind of event", open: true, values: () => tally(DATA.events.map(category)).sort((a, b) => (a[0] === UNCLASSED) - (b[0] === UNCLASSED)), icon: (value) => toneIcon(DATA.events.find((event) => category(event) === value).tone) },
  { key: "outlet", title: "Outlet", open: false, values: () => tally(FACTS.flatMap((fact) => [...fact.outlets])), icon: () => null },
  { key: "class", title: "Event class", open: false, values: () => tally(DATA.events.map((event) => event.type)), icon: (value) => toneIcon(DATA.events.find((event) => event.type === value).tone) },
  { key: "line", title: "Also show", open: true, values: () => [["relation", DATA.relations.filter((relation) => relation.object !== undefined).length], ["attribution", SAYS.reduce((sum, said) => sum + said.length, 0)], ["described", DATA.entities.filter((entity) => entity.described).length]].filter(([, n]) => n), icon: (value) => (value === "described" ? null : lineIcon(value === "relation" ? "solid" : "dotted", "var(--relation)")) },
];
const LINE_NAMES = { relation: "Lasting relations", attribution: "Who says so (in Events)", described: "Unnamed actors" };

function tally(values, order) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => (order ? order.indexOf(a[0]) - order.indexOf(b[0]) : b[1] - a[1]) || (a[0] < b[0] ? -1 : 1));
}

function toneIcon(tone) {
  const dot = el("span", { cls: "dot", title: tone });
  dot.style.background = `var(--${tone})`;
  return dot;
}

function startFilters() {
  const box = $("#facets");
  for (const facet of FACETS) {
    const values = facet.values();
    if (!values.length) continue;
    const rows = values.map(([value, n]) => facetRow(facet, value, n, values));
    const all = button("all", (event) => { event.preventDefault(); state.off[facet.key].clear(); refresh({ push: true }); }, { cls: "all", hidden: true, "aria-label": `All of: ${facet.title}` });
    box.append(el("details", { cls: "facet", open: facet.open, "data-facet": facet.key }, el("summary", {}, facet.title, all), el("ul", {}, rows)));
  }
  $("#filters-toggle").addEventListener("click", () => {
    const toggle = $("#filters-toggle");
    toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
  });
}

function facetRow(facet, value, n, values) {
  const off = state.off[facet.key];
  const check = el("input", { type: "checkbox" });
  const flip = () => { if (check.checked) off.delete(value); else off.add(value); refresh({ push: true }); };
  check.addEventListener("change", flip);
  const only = facet.key === "line" ? null : button("only", () => { off.clear(); values.forEach(([other]) => { if (other !== value) off.add(other); }); refresh({ push: true }); }, { cls: "only", "aria-label": `Only ${value}` });
  const row = el("li", {}, el("label", {}, check, facet.icon(value) || el("i"), el("span", { cls: "iso", title: value }, LINE_NAMES[value] || value), el("span", { cls: "n" }, n.toLocaleString("en"))), only);
  row.update = () => { check.checked = !off.has(value); row.classList.toggle("off", off.has(value)); };
  return row;
}

function drawFilters() {
  document.querySelectorAll(".facet li").forEach((row) => row.update());
  for (const facet of FACETS) {
    const all = $(`[data-facet=${facet.key}] .all`);
    if (all) all.hidden = !state.off[facet.key].size || facet.key === "line";
  }
}

function clearFilters() {
  for (const [key, off] of Object.entries(state.off)) if (key !== "line") off.clear();
  state.window = null;
  state.undated = true;
  if (state.selected && state.selected.kind === "node") state.extra.add(state.selected.node);
  refresh({ push: true });
}

// What is hidden, and how to show it.
function drawNotice() {
  const hidden = shown.all - shown.nodes.size;
  const passing = DATA.events.reduce((sum, _, i) => sum + passes(i), 0);
  const filtered = passing < DATA.events.length || [...state.off.type].length;
  const boxes = [];
  if (hidden > 0 && state.mode !== "table") {
    const more = (label, most) => button(label, () => { state.most = most; refresh({ push: false }); fitAll(); });
    boxes.push(el("span", {}, hiddenText(), more("Show 200 more", shown.nodes.size + 200), more("Show all", Infinity)));
  }
  if (filtered) boxes.push(el("span", {}, `${passing.toLocaleString("en")} of ${plural(DATA.events.length, "event")} match.`, button("Clear filters", clearFilters)));
  boxes.push(el("span", { cls: "sr", id: "notice-text" }));
  $("#notice").replaceChildren(...boxes);
  $("#notice").classList.toggle("low", state.mode === "table");
}

function hiddenText() {
  if (state.mode !== "events") {
    const links = shown.links > shown.edges.length ? ` with their ${shown.edges.length.toLocaleString("en")} strongest links` : "";
    return `The ${shown.nodes.size.toLocaleString("en")} best connected of ${plural(shown.all, "actor")} are drawn${links}; search or click to see more.`;
  }
  const drawn = [...shown.nodes].filter(isEvent).length;
  return `The ${drawn.toLocaleString("en")} most reported of ${plural(DATA.events.length, "event")} are drawn; search or click to see more.`;
}

function drawEmpty() {
  const nothing = !DATA.events.length && !DATA.relations.length;
  const none = !shown.nodes.size && state.mode !== "table";
  const empty = $("#empty");
  empty.hidden = !none;
  empty.replaceChildren(...(nothing
    ? [el("b", {}, "Nothing to draw yet"), el("p", {}, DATA.documents.length ? "The articles were read, but no event or relation was found in them." : "No article was read. Build again with articles in the input folder.")]
    : [el("b", {}, "Nothing matches these filters"), button("Clear filters", clearFilters)]));
}

function refresh({ push = false } = {}) {
  shown = visible();
  near = neighbourhood();
  const strengths = [...shown.nodes].filter((node) => !isEvent(node)).map((node) => shown.strength.get(node) || 0).sort((a, b) => b - a);
  strongFrom = Math.max(3, strengths[Math.min(9, strengths.length - 1)] ?? Infinity);
  syncNetwork();
  drawFilters();
  drawTimeline();
  drawNotice();
  drawEmpty();
  drawTable();
  for (const item of document.querySelectorAll(".bar [data-mode]")) item.setAttribute("aria-pressed", String(item.dataset.mode === state.mode));
  if (push) writeAddress();
}

function setMode(mode) {
  state.mode = mode;
  $("#table").hidden = mode !== "table";
  refresh({ push: true });
  drawPanel();
}

function setHops(hops) {
  state.hops = hops;
  refresh({ push: true });
  drawPanel();
  if (near) fitNodes(near);
}

function select(picked, { push = true } = {}) {
  state.selected = picked;
  if (!picked || picked.kind !== "node" || picked.node !== state.pathFrom) state.pathFrom = null;
  if (!picked) state.hops = 1;
  refresh({ push });
  drawPanel();
  $("#panel").scrollTop = 0;
  if (network) network.selectNodes(picked && picked.kind === "node" && nodeSet.get(picked.node) !== null ? [picked.node] : [], false);
  if (!picked) return;
  announce(picked.kind === "node" ? `${record(picked.node).label} selected` : "Evidence shown");
  if (matchMedia("(max-width: 900px)").matches && push && picked.kind !== "group") $("#panel").scrollIntoView({ behavior: calm() ? "auto" : "smooth" });
}

function startPath(node) {
  state.pathFrom = state.pathFrom === node ? null : node;
  drawPanel();
  if (state.pathFrom !== null) announce("Click or search the other actor");
}

function showPath(from, to) {
  if (state.mode !== "actors") state.mode = "actors";
  (pathBetween(from, to) || [from, to]).forEach((node) => state.extra.add(node));
  select({ kind: "path", from, to });
  if (near) fitNodes(near);
}

// Show a node wherever it is: bring it into the picture if it was left out, and look at it.
function goTo(node) {
  if (state.pathFrom !== null && !isEvent(node) && node !== state.pathFrom) {
    showPath(state.pathFrom, node);
    return;
  }
  state.extra.add(node);
  if (state.mode === "actors" && isEvent(node)) state.mode = "events";
  select({ kind: "node", node });
  if (state.mode !== "table" && near) fitNodes(near);
}

// The state as an address after "#": it can be kept, sent, and gone back to.
function address() {
  const fields = new URLSearchParams();
  const picked = state.selected;
  if (state.mode !== "actors") fields.set("view", state.mode);
  if (picked && picked.kind === "node") fields.set("node", shortId(record(picked.node).id));
  if (picked && picked.kind === "pair") fields.set("pair", `${shortId(record(picked.source).id)}|${shortId(record(picked.target).id)}`);
  if (picked && picked.kind === "path") fields.set("path", `${shortId(record(picked.from).id)}|${shortId(record(picked.to).id)}`);
  if (picked && !["node", "pair", "path"].includes(picked.kind)) fields.set(picked.kind, picked[picked.kind]);
  if (state.hops > 1) fields.set("hops", state.hops);
  for (const [key, off] of Object.entries(state.off)) {
    const list = [...off].sort();
    if (key === "line" ? list.join() !== "attribution" : list.length) fields.set(`no-${key}`, JSON.stringify(list));
  }
  if (state.window) fields.set("days", state.window.map(isoDay).join("~"));
  if (!state.undated) fields.set("undated", "no");
  return fields.toString();
}

const trail = { list: [""], at: 0 };

function writeAddress() {
  const now = address();
  if (now === trail.list[trail.at]) return;
  trail.list = [...trail.list.slice(0, trail.at + 1), now];
  trail.at += 1;
  drawTrail();
  try { location.hash = now; } catch { /* a sandboxed frame has no address of its own */ }
}

function drawTrail() {
  $("#back").disabled = trail.at === 0;
  $("#forward").disabled = trail.at === trail.list.length - 1;
}

function pickedOf(fields) {
  const node = nodeOfId.get(fields.get("node"));
  if (node !== undefined) return { kind: "node", node };
  const ends = (name) => (fields.get(name) || "").split("|").map((id) => nodeOfId.get(id));
  const [source, target] = ends("pair");
  if (source !== undefined && target !== undefined) return { kind: "pair", source, target };
  const [from, to] = ends("path");
  if (from !== undefined && to !== undefined) return { kind: "path", from, to };
  const numbered = { relation: DATA.relations, sentence: DATA.sentences, group: DATA.communities };
  for (const [kind, list] of Object.entries(numbered)) if (fields.has(kind) && list[+fields.get(kind)]) return { kind, [kind]: +fields.get(kind) };
  return null;
}

function readAddress(text) {
  const fields = new URLSearchParams(text);
  state.mode = ["events", "table"].includes(fields.get("view")) ? fields.get("view") : "actors";
  state.hops = [2, 3].includes(+fields.get("hops")) ? +fields.get("hops") : 1;
  for (const [key, off] of Object.entries(state.off)) {
    off.clear();
    let list = key === "line" ? ["attribution"] : [];
    try { list = JSON.parse(fields.get(`no-${key}`)) || list; } catch { /* an address that someone mistyped */ }
    if (Array.isArray(list)) list.forEach((value) => off.add(value));
  }
  const days = (fields.get("days") || "").split("~").map((day) => (/^\d{4}-\d\d-\d\d$/.test(day) ? dayNumber(day) : NaN));
  state.window = days.length === 2 && days.every(Number.isFinite) ? days : null;
  state.undated = fields.get("undated") !== "no";
  const picked = pickedOf(fields);
  if (picked && picked.kind === "node") state.extra.add(picked.node);
  if (picked && picked.kind === "path") (pathBetween(picked.from, picked.to) || []).forEach((node) => state.extra.add(node));
  $("#table").hidden = state.mode !== "table";
  select(picked, { push: false });
  if (near && state.mode !== "table") fitNodes(near);
}

function travel(by) {
  const at = trail.at + by;
  if (at < 0 || at >= trail.list.length) return;
  trail.at = at;
  drawTrail();
  readAddress(trail.list[at]);
  try { location.hash = trail.list[at]; } catch { /* as above */ }
}

function followAddress() {
  const text = location.hash.slice(1);
  if (text === trail.list[trail.at]) return;
  if (text === trail.list[trail.at - 1]) trail.at -= 1;
  else if (text === trail.list[trail.at + 1]) trail.at += 1;
  else { trail.list = [...trail.list.slice(0, trail.at + 1), text]; trail.at += 1; }
  drawTrail();
  readAddress(text);
}

const KEYS = {
  "/": () => { $("#query").focus(); $("#query").select(); },
  "?": () => $("#help").showModal(),
  f: () => fitAll(),
  "+": () => zoomBy(1.3),
  "-": () => zoomBy(1 / 1.3),
  1: () => setMode("actors"),
  2: () => setMode("events"),
  3: () => setMode("table"),
  Escape: () => select(null),
};
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function zoomBy(factor) {
  network.moveTo({ scale: Math.max(0.05, Math.min(4, network.getScale() * factor)), animation: calm() ? false : { duration: 150, easingFunction: "easeInOutQuad" } });
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("#help").open) return;
  if (!(event.target instanceof Element) || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  if (ARROWS[event.key] && event.target.closest("#net")) {
    event.preventDefault();
    step(...ARROWS[event.key]);
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
}

function start() {
  startNetwork();
  startFilters();
  startTimeline();
  startTable();
  startSearch();
  document.querySelectorAll(".bar [data-mode]").forEach((item) => item.addEventListener("click", () => setMode(item.dataset.mode)));
  $("#back").addEventListener("click", () => travel(-1));
  $("#forward").addEventListener("click", () => travel(1));
  $("#png").addEventListener("click", savePicture);
  $("#help-open").addEventListener("click", () => $("#help").showModal());
  $("#fit").addEventListener("click", () => fitAll());
  $("#zoom-in").addEventListener("click", () => zoomBy(1.3));
  $("#zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  document.addEventListener("keydown", onKey);
  addEventListener("hashchange", followAddress);
  $("#loading").hidden = true;
  drawNotice();
  const given = location.hash.slice(1);
  trail.list = [given];
  readAddress(given);
}

start();
