// The tables: the same data, the same filters, as rows that can be sorted and saved.

const parts = (event, ...roles) => (event.participants || []).filter((part) => roles.includes(part.role)).map((part) => (part.node === undefined ? part.text : nameOf(part.node))).join("; ");
const said = (sources) => (sources || []).map((source) => (source.node === undefined ? source.text : nameOf(source.node))).join("; ");
const all = (list) => list.map((_, i) => i);

const TABLES = {
  events: {
    columns: ["Date", "Event", "Status", "Who", "Whom or what", "Where", "Says who", "Class", "Outlets", "Reports"],
    numeric: [9],
    rows: () => all(DATA.events).filter((i) => passes(i)).map((i) => {
      const event = DATA.events[i];
      return {
        node: FIRST_EVENT + i, link: 1,
        cells: [event.time && event.time.start ? event.time.start : "", event.label, event.status, parts(event, "agent"), parts(event, "patient", "recipient", "topic"), parts(event, "place", "destination", "source"),
          said(event.attributed), event.type, [...FACTS[i].outlets].sort().join("; "), FACTS[i].reports],
      };
    }),
  },
  entities: {
    columns: ["Name", "Type", "Also called", "Mentions", "Events", "Acts", "Is acted on", "Neighbours", "PageRank", "Betweenness"],
    numeric: [3, 4, 5, 6, 7, 8, 9],
    first: { sort: 3, descending: true },
    rows: () => all(DATA.entities).filter(typeOn).map((node) => {
      const entity = DATA.entities[node];
      return { node, link: 0, cells: [entity.label, entity.type, (entity.aliases || []).join("; "), entity.mentions, entity.events, entity.acts, entity.affected, entity.degree, entity.pagerank, entity.betweenness] };
    }),
  },
  relations: {
    columns: ["Who", "Relation", "To whom or what", "Mentions"],
    numeric: [3],
    rows: () => all(DATA.relations).filter(relationOn).map((i) => {
      const relation = DATA.relations[i];
      return {
        node: relation.subject, relation: i, link: 0,
        cells: [nameOf(relation.subject), propertyName(relation.property), relation.object === undefined ? relation.value : nameOf(relation.object), (relation.evidence || []).length],
      };
    }),
  },
  contradictions: {
    columns: ["Event", "They differ in", "Claim", "Says who", "Outlet", "Date of the article"],
    numeric: [],
    rows: () => DATA.contradictions.flatMap((item) => (passes(item.event) ? item.claims.map((claim) => {
      const document = DATA.documents[DATA.sentences[claim.sentence].document];
      return {
        node: FIRST_EVENT + item.event, link: 0,
        cells: [DATA.events[item.event].label, item.about === undefined ? item.field : `${item.field} of ${item.about}`, claim.value, (claim.said || []).join("; "), document.outlet, document.date || ""],
      };
    }) : [])),
  },
};

const openTable = (kind) => Object.assign(table, { kind, sort: 0, descending: false, rows: 200, ...TABLES[kind].first });

// Rows that hold some words, sorted by a column; what is missing comes last, whichever way.
function tableRows({ kind, sort, descending, text }) {
  const wanted = fold(text);
  const rows = TABLES[kind].rows().filter((row) => !wanted || fold(row.cells.join(" ")).includes(wanted));
  const place = new Map(rows.map((row, i) => [row, i]));
  return rows.sort((a, b) => {
    const [x, y] = [a.cells[sort], b.cells[sort]];
    if (x === "" || y === "") return (x === "") - (y === "") || place.get(a) - place.get(b);
    const order = typeof x === "number" ? x - y : x < y ? -1 : x > y ? 1 : 0;
    return (descending ? -order : order) || place.get(a) - place.get(b);
  });
}

// Cells that a spreadsheet would run as a formula get a quote in front (OWASP, CSV injection).
function csvCell(value) {
  const text = String(value);
  const safe = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replace(/"/g, '""')}"`;
}

const csvText = (columns, rows) => `\ufeff${[columns, ...rows].map((cells) => cells.map(csvCell).join(",")).join("\r\n")}\r\n`;
