// The data comes with the page, as JSON in a script element that no browser runs; its tables by columns, as
// kg/render/columns.py writes them.

const $ = (selector) => document.querySelector(selector);

function unpacked({ rows, columns }) {
  const records = Array.from({ length: rows }, () => ({}));
  for (const [name, column] of Object.entries(columns)) cells(column, rows).forEach((value, i) => { if (value !== null && value !== undefined) records[i][name] = value; });
  return records;
}

// The values of a column, row by row; null or undefined where a record lacks the field.
function cells(column, rows) {
  if (Array.isArray(column)) return column;
  if ("all" in column) return Array(rows).fill(column.all);
  if ("steps" in column) { let at = 0; return column.steps.map((step) => (at += step)); }
  if ("from" in column) return Array.from({ length: rows }, (_, i) => column.from + i);
  if ("words" in column) return column.at.map((place) => (place === null ? null : column.words[place]));
  if ("before" in column) return column.then.map((text) => column.before + text);
  if ("few" in column) {
    const values = Array(rows).fill(null);
    cells(column.then, column.few.length).forEach((value, i) => { values[column.few[i]] = value; });
    return values;
  }
  if ("record" in column) return cut(unpacked(column.record), cells(column.has, rows)).map((one) => one && one[0]);
  if ("lists" in column) return cut(unpacked(column.of), cells(column.lists, rows));
  const lengths = cells(column.tuples, rows);
  const number = lengths.reduce((sum, length) => sum + (length || 0), 0);
  const parts = column.of.map((part) => cells(part, number));
  return cut(Array.from({ length: number }, (_, i) => parts.map((part) => part[i])), lengths);
}

function cut(items, lengths) {
  let at = 0;
  return lengths.map((length) => (length === null || length === undefined ? null : items.slice(at, (at += length))));
}

// The edges of the "events" view, one for each role, as kg/render/drawn.py has them: who acts and who says so point to the
// event, the event to the rest.
function roleEdges(events, first) {
  const edges = [];
  events.forEach(({ participants = [], attributed = [] }, event) => {
    const here = first + event;
    const ends = new Map();
    for (const { role, node } of [...participants, ...attributed.map((source) => ({ role: "attribution", node: source.node }))]) if (node !== undefined && node !== here) ends.set(`${role} ${node}`, { role, node });
    const inOrder = [...ends.values()].sort((a, b) => (a.role < b.role ? -1 : a.role > b.role ? 1 : a.node - b.node));
    for (const { role, node } of inOrder) {
      const inward = role === "agent" || role === "attribution";
      edges.push({ id: edges.length, from: inward ? node : here, to: inward ? here : node, role, event });
    }
  });
  return edges;
}

const DATA = JSON.parse($("#data").textContent);
for (const name of ["communities", "contradictions", "documents", "entities", "events", "relations", "sentences"]) DATA[name] = unpacked(DATA[name]);
for (const network of Object.values(DATA.networks)) for (const name of ["core", "edges", "nodes"]) network[name] = unpacked(network[name]);
DATA.networks.events.edges = [...roleEdges(DATA.events, DATA.entities.length), ...DATA.networks.events.edges];
