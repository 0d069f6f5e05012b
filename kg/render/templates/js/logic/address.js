// The state as an address after "#": it can be kept, sent, and gone back to.

const ENDS = { pair: ["source", "target"], path: ["from", "to"], bundle: ["source", "target"] };
const NUMBERED = { relation: "relations", sentence: "sentences", group: "communities" };
const nodeName = (node) => (isGroup(node) ? `group ${-1 - node}` : shortId(record(node).id));

function nodeNamed(name) {
  const group = /^group (\d+)$/.exec(name || "");
  if (group) return DATA.communities[+group[1]] ? groupNode(+group[1]) : undefined;
  return nodeOfId.get(name);
}

function address() {
  const fields = new URLSearchParams();
  const picked = state.selected;
  if (state.mode !== "actors") fields.set("view", state.mode);
  if (state.mode === "table" && table.kind !== "events") fields.set("table", table.kind);
  if (state.grouped !== GROUPED_AT_FIRST) fields.set("groups", state.grouped ? "yes" : "no");
  if (state.grouped && state.open.size) fields.set("open", sorted(state.open).join("."));
  if (picked) {
    if (picked.kind === "node") fields.set("node", nodeName(picked.node));
    else if (ENDS[picked.kind]) fields.set(picked.kind, ENDS[picked.kind].map((end) => nodeName(picked[end])).join("|"));
    else fields.set(picked.kind, picked[picked.kind] ?? "yes");
  }
  if (state.hops > 1) fields.set("hops", state.hops);
  for (const [key, off] of Object.entries(state.off)) {
    const list = [...off].sort();
    if (key === "line" ? list.join() !== "attribution" : list.length) fields.set(`no-${key}`, JSON.stringify(list));
  }
  if (state.window) fields.set("days", state.window.map(isoDay).join("~"));
  if (!state.undated) fields.set("undated", "no");
  return fields.toString();
}

function pickedOf(fields) {
  const node = nodeNamed(fields.get("node"));
  if (node !== undefined) return isGroup(node) ? { kind: "group", group: -1 - node } : { kind: "node", node };
  for (const [kind, names] of Object.entries(ENDS)) {
    const ends = (fields.get(kind) || "").split("|").map(nodeNamed);
    if (ends.length === 2 && ends.every((end) => end !== undefined && (kind === "bundle" || !isGroup(end)))) return { kind, [names[0]]: ends[0], [names[1]]: ends[1] };
  }
  for (const [kind, list] of Object.entries(NUMBERED)) if (fields.has(kind) && DATA[list][+fields.get(kind)]) return { kind, [kind]: +fields.get(kind) };
  return fields.has("contradictions") && DATA.contradictions.length ? { kind: "contradictions" } : null;
}

// Take the state from an address; what it does not know it leaves at its beginning.
function takeAddress(text) {
  const fields = new URLSearchParams(text);
  state.mode = ["events", "table"].includes(fields.get("view")) ? fields.get("view") : "actors";
  const kind = fields.get("table") || "events";
  if (Object.hasOwn(TABLES, kind) && kind !== table.kind) openTable(kind);
  state.grouped = fields.has("groups") ? fields.get("groups") === "yes" : GROUPED_AT_FIRST;
  state.open = new Set((fields.get("open") || "").split(".").filter(Boolean).map(Number).filter((group) => DATA.communities[group]));
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
  state.selected = pickedOf(fields);
  if (state.selected && state.selected.kind === "node") state.extra.add(state.selected.node);
  if (state.selected && state.selected.kind === "path") (pathBetween(state.selected.from, state.selected.to) || []).forEach((node) => state.extra.add(node));
}
