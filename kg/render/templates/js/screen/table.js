// The same data as a table: sortable, filtered like the picture, for screen readers and spreadsheets.

function sortBy(column) {
  table.descending = table.sort === column ? !table.descending : TABLES[table.kind].numeric.includes(column);
  table.sort = column;
  drawTable();
  $(`#table th:nth-child(${column + 1}) button`).focus();
}

function saveCsv() {
  download(`${table.kind}.csv`, new Blob([csvText(TABLES[table.kind].columns, tableRows(table).map((row) => row.cells))], { type: "text/csv;charset=utf-8" }));
  announce(`${table.kind}.csv saved`);
}

function startTable() {
  const kinds = Object.keys(TABLES).filter((kind) => kind === "events" || TABLES[kind].rows().length).map((kind) => button(kind[0].toUpperCase() + kind.slice(1), () => { openTable(kind); drawTable(); writeAddress(); }, { "data-kind": kind }));
  const text = el("input", { type: "search", placeholder: "Rows that contain …", "aria-label": "Rows that contain" });
  text.addEventListener("input", () => { Object.assign(table, { text: text.value, rows: 200 }); drawTable(); });
  $("#table").append(
    el("div", { cls: "table-bar" }, el("div", { cls: "modes", role: "group", "aria-label": "Which table" }, kinds), text, el("span", { cls: "muted", id: "row-count", "aria-live": "polite" }), button("Download CSV", saveCsv, { cls: "csv" })),
    el("div", { cls: "table-scroll", tabindex: 0, role: "region", "aria-label": "Table" }));
}

function tableRow(row) {
  const { numeric, columns } = TABLES[table.kind];
  const now = state.selected || {};
  const picked = row.relation === undefined ? now.kind === "node" && now.node === row.node : now.kind === "relation" && now.relation === row.relation;
  const choose = () => select(row.relation === undefined ? { kind: "node", node: row.node } : { kind: "relation", relation: row.relation });
  return el("tr", { "aria-selected": picked ? "true" : null }, row.cells.map((cell, i) => el("td", { cls: numeric.includes(i) ? "num" : columns[i] === "Date" ? "date" : "iso" },
    i === row.link ? button(el("bdi", {}, cell), choose, { cls: "link" }) : String(cell))));
}

function drawTable() {
  if (state.mode !== "table") return;
  const { columns } = TABLES[table.kind];
  const rows = tableRows(table);
  document.querySelectorAll("#table [data-kind]").forEach((item) => item.setAttribute("aria-pressed", String(item.dataset.kind === table.kind)));
  const head = columns.map((name, i) => el("th", { scope: "col", "aria-sort": table.sort === i ? (table.descending ? "descending" : "ascending") : "none" }, button(name, () => sortBy(i))));
  const none = el("p", { cls: "message" }, "No row matches. ", isFiltered() ? button("Clear filters", clearFilters, { cls: "link" }) : null);
  const body = el("tbody", {}, rows.slice(0, table.rows).map(tableRow));
  const more = rows.length > table.rows ? button(`Show ${Math.min(500, rows.length - table.rows)} more rows`, () => { table.rows += 500; drawTable(); }, { cls: "more-rows" }) : null;
  $("#row-count").textContent = plural(rows.length, "row");
  const scroll = $("#table .table-scroll");
  scroll.replaceChildren(...[el("table", {}, el("caption", { cls: "sr" }, `${table.kind}, as filtered`), el("thead", {}, el("tr", {}, head)), body), rows.length ? null : none, more].filter(Boolean));
}
