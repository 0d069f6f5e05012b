// What an export holds: what is bright, or all that is drawn where nothing is selected, or what a table lists.

function chosen() {
  const nodes = new Set();
  const events = new Set();
  const relations = new Set();
  const take = (item) => {
    if (item.edge.bundle) return item.edge.items.forEach(take);
    if (item.edge.relation !== undefined) relations.add(item.edge.relation);
    else if (item.kept) item.kept.forEach((action) => events.add(action.event));
    else events.add(item.edge.event);
    return undefined;
  };
  if (state.mode === "table") {
    all(DATA.events).filter((i) => passes(i)).forEach((i) => events.add(i));
    all(DATA.relations).filter(relationOn).forEach((i) => relations.add(i));
    all(DATA.entities).filter(typeOn).forEach((node) => nodes.add(node));
    return { nodes: sorted(nodes), events: sorted(events), relations: sorted(relations) };
  }
  const wanted = near || shown.nodes;
  for (const item of shown.edges) if (wanted.has(item.edge.from) && wanted.has(item.edge.to)) take(item);
  for (const node of wanted) {
    if (isGroup(node)) groupOfNode(node).members.forEach((member) => nodes.add(member));
    else if (isEvent(node)) events.add(node - FIRST_EVENT);
    else nodes.add(node);
  }
  if (state.selected && state.selected.kind === "node" && !isEvent(state.selected.node) && !isGroup(state.selected.node)) nodes.add(state.selected.node);
  // who takes part belongs to an event, and what it is about
  for (const i of [...events]) {
    for (const part of DATA.events[i].participants || []) if (part.node !== undefined) (isEvent(part.node) ? events.add(part.node - FIRST_EVENT) : nodes.add(part.node));
  }
  for (const i of events) {
    for (const part of [...(DATA.events[i].participants || []), ...(DATA.events[i].attributed || [])]) if (part.node !== undefined && !isEvent(part.node)) nodes.add(part.node);
  }
  for (const i of relations) [DATA.relations[i].subject, DATA.relations[i].object].forEach((node) => { if (node !== undefined) nodes.add(node); });
  return { nodes: sorted(nodes), events: sorted(events), relations: sorted(relations) };
}

const sorted = (set) => [...set].sort((a, b) => a - b);

function evidenceOf(items) {
  return (items || []).map(({ sentence, parts: painted, status, said: sources }) => {
    const { document, text } = DATA.sentences[sentence];
    const { id, title, outlet, date, url } = DATA.documents[document];
    return { sentence: text, parts: (painted || []).map(([start, end, role]) => ({ role, text: slice(text, start, end) })), status, attributed_to: sources, document: { id, title, outlet, date, url } };
  });
}

const idOf = (node) => (node === undefined ? undefined : record(node).id);

// The selection as plain data, with every sentence that proves it.
function jsonText({ nodes, events, relations }) {
  const data = {
    entities: nodes.map((node) => { const { id, type, label, aliases, links, mentions } = DATA.entities[node]; return { id, type, label, aliases, same_as: links, mentions }; }),
    events: events.map((i) => {
      const { id, type, plover, predicate, label, status, time, participants, attributed, evidence } = DATA.events[i];
      return {
        id, type, plover, predicate, label, status, time,
        participants: (participants || []).map((part) => ({ role: part.role, text: part.text ?? nameOf(part.node), entity: idOf(part.node) })),
        attributed_to: (attributed || []).map((source) => ({ text: source.text ?? nameOf(source.node), entity: idOf(source.node) })),
        evidence: evidenceOf(evidence),
      };
    }),
    relations: relations.map((i) => {
      const { subject, property, object, value, evidence } = DATA.relations[i];
      return { subject: idOf(subject), property, object: idOf(object), value, evidence: evidenceOf(evidence) };
    }),
  };
  return `${JSON.stringify(data, null, 2)}\n`;
}

// Events and those who take part in them as CSV, one line an event.
function selectionCsv({ events }) {
  const wanted = new Set(events);
  const rows = TABLES.events.rows().filter((row) => wanted.has(row.node - FIRST_EVENT));
  return csvText(TABLES.events.columns, rows.map((row) => row.cells));
}
