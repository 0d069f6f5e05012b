// GraphML (graphml.graphdrawing.org) of a selection: entities and events as nodes, roles and relations as edges.

// What XML 1.0 cannot hold is left out: control characters and halves of surrogate pairs.
function xml(text) {
  const allowed = String(text).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  return allowed.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;").replace(/\t/g, "&#9;").replace(/\n/g, "&#10;").replace(/\r/g, "&#13;");
}

const GRAPHML_KEYS = [
  ["node", "kind"], ["node", "label"], ["node", "type"], ["node", "status"], ["node", "predicate"], ["node", "start"], ["node", "end"], ["node", "aliases"], ["node", "mentions", "int"],
  ["edge", "role"], ["edge", "property"],
];

function graphmlText({ nodes, events, relations }) {
  const known = new Set([...nodes, ...events.map((i) => FIRST_EVENT + i)]);
  const data = (fields) => Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== "").map(([key, value]) => `<data key="${key}">${xml(value)}</data>`).join("");
  const node = (number, fields) => `    <node id="${xml(record(number).id)}">${data(fields)}</node>`;
  const edges = [];
  const edge = (from, to, fields) => { if (known.has(from) && known.has(to)) edges.push(`    <edge source="${xml(record(from).id)}" target="${xml(record(to).id)}">${data(fields)}</edge>`); };
  for (const i of events) {
    const event = DATA.events[i];
    for (const part of event.participants || []) if (part.node !== undefined) edge(FIRST_EVENT + i, part.node, { role: part.role });
    for (const source of event.attributed || []) if (source.node !== undefined) edge(FIRST_EVENT + i, source.node, { role: "attribution" });
  }
  for (const i of relations) edge(DATA.relations[i].subject, DATA.relations[i].object, { property: DATA.relations[i].property });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...GRAPHML_KEYS.map(([of, name, type = "string"]) => `  <key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`),
    '  <graph edgedefault="directed">',
    ...nodes.map((number) => { const { label, type, aliases, mentions } = DATA.entities[number]; return node(number, { kind: "entity", label, type, aliases: (aliases || []).join("; "), mentions }); }),
    ...events.map((i) => { const { label, type, status, predicate, time, evidence } = DATA.events[i]; return node(FIRST_EVENT + i, { kind: "event", label, type, status, predicate, start: time && time.start, end: time && time.end, mentions: (evidence || []).length }); }),
    ...edges,
    "  </graph>", "</graphml>", "",
  ].join("\n");
}
