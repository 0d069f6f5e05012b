// The same data as a table: sortable, filtered like the picture, for screen readers and spreadsheets.

const table = { kind: "events", sort: 0, descending: false, text: "", rows: 200 };

const parts = (event, ...roles) => (event.participants || []).filter((part) => roles.includes(part.role)).map((part) => (part.node === undefined ? part.text : record(part.node).label)).join("; ");

const TABLES = {
  events: {
    columns: ["Date", "Event", "Status", "Who", "Whom or what", "Where", "Says who", "Class", "Outlets", "Reports"],
    numeric: [9],
    rows: () => DATA.events.map((event, i) => i).filter((i) => passes(i)).map((i) => {
      const event = DATA.events[i];
      return {
        node: FIRST_EVENT + i, link: 1,
        cells: [event.time && event.time.start ? event.time.start : "", event.label, event.status, parts(event, "agent"), parts(event, "patient", "recipient", "topic"), parts(event, "place", "destination", "source"),
          (event.attributed || []).map((said) => (said.node === undefined ? said.text : record(said.node).label)).join("; "), event.type, [...FACTS[i].outlets].sort().join("; "), FACTS[i].reports],
      };
    }),
  },
  entities: {
    columns: ["Name", "Type", "Also called", "Mentions", "Events", "Acts", "Is acted on", "Neighbours", "PageRank", "Betweenness"],
    numeric: [3, 4, 5, 6, 7, 8, 9],
    rows: () => DATA.entities.map((_, node) => node).filter(typeOn).map((node) => {
      const entity = DATA.entities[node];
      return { node, link: 0, cells: [entity.label, entity.type, (entity.aliases || []).join("; "), entity.mentions, entity.events, entity.acts, entity.affected, entity.degree, entity.pagerank, entity.betweenness] };
    }),
  },
  relations: {
    columns: ["Who", "Relation", "To whom or what", "Mentions"],
    numeric: [3],
    rows: () => DATA.relations.map((relation) => ({
      node: relation.subject, link: 0,
      cells: [record(relation.subject).label, PROPERTY_NAMES[relation.property] || relation.property, relation.object === undefined ? relation.value : record(relation.object).label, (relation.evidence || []).length],
    })),
  },
};

function tableRows() {
  const wanted = fold(table.text);
  const rows = TABLES[table.kind].rows().filter((row) => !wanted || fold(row.cells.join(" ")).includes(wanted));
  const by = table.sort;
  const compare = (a, b) => {
    const [x, y] = [a.cells[by], b.cells[by]];
    if (x === "" || y === "") return (x === "") - (y === "") || a.node - b.node; // the missing last, whichever way
    const order = typeof x === "number" ? x - y : x < y ? -1 : x > y ? 1 : 0;
    return (table.descending ? -order : order) || a.node - b.node;
  };
  return rows.sort(compare);
}

function sortBy(column) {
  table.descending = table.sort === column ? !table.descending : TABLES[table.kind].numeric.includes(column);
  table.sort = column;
  drawTable();
  $(`#table th:nth-child(${column + 1}) button`).focus();
}

// Cells that a spreadsheet would run as a formula get a quote in front (OWASP, CSV injection).
function csvCell(value) {
  const text = String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

function saveCsv() {
  const lines = [TABLES[table.kind].columns, ...tableRows().map((row) => row.cells)].map((cells) => cells.map(csvCell).join(","));
  download(`${table.kind}.csv`, new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" }));
}

function startTable() {
  const kinds = Object.keys(TABLES).map((kind) => button(kind[0].toUpperCase() + kind.slice(1), () => { Object.assign(table, { kind, sort: 0, descending: false, rows: 200 }); drawTable(); }, { "data-kind": kind }));
  const text = el("input", { type: "search", placeholder: "Rows that contain …", "aria-label": "Rows that contain" });
  text.addEventListener("input", () => { table.text = text.value; drawTable(); });
  $("#table").append(
    el("div", { cls: "table-bar" }, el("div", { cls: "modes", role: "group", "aria-label": "Which table" }, kinds), text, el("span", { cls: "muted", id: "row-count", "aria-live": "polite" }), button("Download CSV", saveCsv, { cls: "csv" })),
    el("div", { cls: "table-scroll", tabindex: 0, role: "region", "aria-label": "Table" }));
}

function tableRow(row) {
  const { numeric, columns } = TABLES[table.kind];
  const picked = state.selected && state.selected.kind === "node" && state.selected.node === row.node && table.kind !== "relations";
  return el("tr", { "aria-selected": picked ? "true" : null }, row.cells.map((cell, i) => el("td", { cls: numeric.includes(i) ? "num" : columns[i] === "Date" ? "date" : "iso" },
    i === row.link ? button(el("bdi", {}, cell), () => select({ kind: "node", node: row.node }), { cls: "link" }) : String(cell))));
}

function drawTable() {
  if (state.mode !== "table") return;
  const { columns } = TABLES[table.kind];
  const rows = tableRows();
  document.querySelectorAll("#table [data-kind]").forEach((item) => item.setAttribute("aria-pressed", String(item.dataset.kind === table.kind)));
  const head = columns.map((name, i) => el("th", { scope: "col", "aria-sort": table.sort === i ? (table.descending ? "descending" : "ascending") : "none" }, button(name, () => sortBy(i))));
  const body = el("tbody", {}, rows.slice(0, table.rows).map(tableRow));
  const more = rows.length > table.rows ? button(`Show ${Math.min(500, rows.length - table.rows)} more rows`, () => { table.rows += 500; drawTable(); }, { cls: "more-rows" }) : null;
  $("#row-count").textContent = plural(rows.length, "row");
  const scroll = $("#table .table-scroll");
  scroll.replaceChildren(...[el("table", {}, el("caption", { cls: "sr" }, `${table.kind}, as filtered`), el("thead", {}, el("tr", {}, head)), body), more].filter(Boolean));
}
