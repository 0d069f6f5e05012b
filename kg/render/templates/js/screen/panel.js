// The panel: what is selected, and the sentences that say so.

function hopButtons() {
  return [1, 2, 3].map((hops) => button(String(hops), () => setHops(hops), { "aria-pressed": String(state.hops === hops), "aria-label": `Neighbours within ${plural(hops, "step")}`, title: `Keep what lies within ${plural(hops, "step")} bright` }));
}

function entityPanel(node) {
  const entity = DATA.entities[node];
  const roles = new Map();
  for (const { event, role } of TAKES_PART[node]) roles.set(event, roles.get(event) === "agent" ? "agent" : role);
  const does = [...roles.keys()].filter((i) => roles.get(i) === "agent").sort(byTime);
  const other = [...roles.keys()].filter((i) => roles.get(i) !== "agent").sort(byTime);
  const connected = inConnection(node);
  const says = [...new Set(SAYS[node])].sort(byTime);
  const sources = new Set((entity.evidence || []).map(([sentence]) => DATA.sentences[sentence].document));
  const outlets = new Set((entity.evidence || []).map(([sentence]) => outletOf(sentence)));
  const told = new Set([...does, ...other, ...says].flatMap((i) => (DATA.events[i].evidence || []).map((item) => item.sentence)));
  const rest = (entity.evidence || []).filter(([sentence]) => !told.has(sentence));
  return [
    el("p", { cls: "kicker" }, shapeIcon(entity.type), entity.type, entity.described ? el("span", {}, "never named in the articles") : null),
    el("h2", {}, el("bdi", {}, entity.label)),
    (entity.aliases || []).length ? el("p", { cls: "facts" }, "also ", entity.aliases.flatMap((alias, i) => [i ? ", " : "", el("bdi", {}, el("b", {}, alias))])) : null,
    el("p", { cls: "facts" }, `${plural(entity.mentions, "mention")} in ${plural(sources.size, "article")} of ${plural(outlets.size, "outlet")}, ${plural(entity.events, "event")}`),
    (entity.links || []).map((url) => el("p", { cls: "facts" }, el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, new URL(url).hostname.includes("geonames") ? "GeoNames ↗" : `${new URL(url).hostname} ↗`))),
    groupLine(node),
    el("div", { cls: "actions" }, el("span", { cls: "muted" }, "Neighbours within"), hopButtons(), button("Zoom to them", () => fitNodes(near || [node]))),
    el("div", { cls: "actions" }, button("Find a path to …", () => startPath(node), { "aria-pressed": String(state.pathFrom === node) }), state.pathFrom === node ? el("span", { cls: "muted" }, "click or search the other end") : null),
    placeNote(node),
    mergesBox(entity.merges),
    does.length + other.length + says.length ? roleKeys([...does, ...other, ...says]) : null,
    section("Acts", does, (i) => eventCard(i)),
    section("Takes part in", other, (i) => eventCard(i)),
    section("In connection", connected, connectedCard),
    section("Is the source of", says, (i) => eventCard(i)),
    section("Lasting relations", RELATIONS[node], (i) => relationCard(i)),
    section("Other sentences with this name", rest, ([sentence, start, end]) => el("div", { cls: "card" }, quote(sentence, [[start, end, "mention"]])), 5),
  ];
}

function groupLine(node) {
  const group = COMMUNITY[node];
  if (group === null || DATA.communities[group].members.length < 3) return null;
  return el("p", { cls: "facts" }, "in the community of ", button(el("bdi", {}, DATA.communities[group].name), () => select({ kind: "group", group }), { cls: "link" }));
}

// No dead ends: say why something that was asked for is not in the picture, and how to get it there.
function placeNote(node) {
  if (state.mode === "table" || shown.nodes.has(node) || (isGrouped() && near)) return null;
  if (DRAWN[state.mode].has(node)) return el("p", { cls: "facts" }, "Hidden by the filters. ", button("Show it", () => goTo(node), { cls: "link" }), " ", button("Clear filters", clearFilters, { cls: "link" }));
  const elsewhere = state.mode === "actors" && DRAWN.events.has(node);
  return el("p", { cls: "facts" }, elsewhere ? "Not part of this view: it acts on nobody here. " : "Not in the picture: no event or relation links it to others.",
    elsewhere ? button("Look in Events", () => setMode("events"), { cls: "link" }) : null);
}

// The days on which it was reported: what stands for "when" where the articles do not tell the day of an event.
function reported(i) {
  const days = [...FACTS[i].documents].map((number) => DATA.documents[number].date).filter(Boolean).sort();
  return days.length ? `reported ${showTime({ start: days[0], end: days[days.length - 1] })}` : "reported on an unknown day";
}

function eventPanel(i) {
  const event = DATA.events[i];
  const rows = (event.participants || []).map((part) => [part.role, part.node === undefined ? el("bdi", {}, part.text) : nodeLink(part.node)]);
  rows.push(["time", event.time ? el("span", {}, showTime(event.time), event.time.start ? el("span", { cls: "muted" }, ` (“${event.time.text}”)`) : null) : el("span", { cls: "muted" }, "no day is told; ", reported(i))]);
  if (!(event.attributed || []).length) rows.push(["attribution", el("span", { cls: "muted" }, el("bdi", {}, [...FACTS[i].outlets].join(", ")), ", quoting nobody")]);
  for (const source of event.attributed || []) rows.push(["attribution", source.node === undefined ? el("bdi", {}, source.text) : nodeLink(source.node)]);
  return [
    el("p", { cls: "kicker" }, eventIcon(event), `${event.type}${event.plover ? ` · ${FACTS[i].category}` : ""}`),
    el("h2", { cls: event.status === "negated" ? "negated-text" : null }, el("bdi", {}, event.label)),
    el("p", { cls: "kicker" }, statusBadge(event.status), event.disputed ? el("span", { cls: "badge disputed" }, "disputed: one source says so, another denies it") : null),
    el("p", { cls: "facts" }, attested(i)),
    el("dl", { cls: "roles" }, rows.flatMap(([role, value]) => [el("dt", {}, el("span", { cls: "key", "data-role": role }, roleName(role))), el("dd", {}, value)])),
    placeNote(FIRST_EVENT + i),
    el("section", {}, el("h3", {}, "Evidence", el("span", { cls: "n" }, count((event.evidence || []).length))), eventQuotes(event, 6)),
    mergesBox(event.merges),
    section("Sources contradict each other", CONTRADICTED[i], contradictionCard),
    section("Part of", WHOLES[i], (whole) => eventCard(whole)),
    section("In connection", [...new Set(HELD_BY[i].map((part) => part.event))], (outer) => eventCard(outer)),
  ];
}

const actionsBetween = (from, to) => DATA.networks.actors.edges.filter((edge) => edge.actions && edge.from === from && edge.to === to).flatMap((edge) => edge.actions.map((action) => action.event)).sort(byTime);

function pairPanel(source, target) {
  const there = actionsBetween(source, target);
  const back = actionsBetween(target, source);
  const relations = RELATIONS[source].filter((i) => DATA.relations[i].subject === target || DATA.relations[i].object === target);
  return [
    el("p", { cls: "kicker" }, "Between two actors"),
    el("h2", {}, nodeLink(source), el("span", { cls: "arrow" }, " → "), nodeLink(target)),
    el("p", { cls: "facts" }, `${plural(there.length, "event")}, ${plural(there.reduce((sum, i) => sum + FACTS[i].reports, 0), "report")}`),
    roleKeys([...there, ...back]),
    section("What happens", there, (i) => eventCard(i, 2)),
    section("The other way round", back, (i) => eventCard(i)),
    section("Lasting relations", relations, (i) => relationCard(i)),
  ];
}

// What lies between two communities, or a community and an actor: the pairs behind the line.
function bundlePanel(source, target) {
  const bundle = shown.edges.find(({ edge }) => edge.bundle && edge.from === source && edge.to === target);
  const items = bundle ? bundle.edge.items : [];
  const pairs = items.filter((item) => item.kept).sort((a, b) => b.weight - a.weight);
  const relations = items.filter((item) => item.edge.relation !== undefined).map((item) => item.edge.relation);
  const end = (node) => (isGroup(node) ? button(el("bdi", {}, nameOf(node)), () => select({ kind: "group", group: -1 - node }), { cls: "link" }) : nodeLink(node));
  return [
    el("p", { cls: "kicker" }, "Between two communities"),
    el("h2", {}, end(source), el("span", { cls: "arrow" }, " → "), end(target)),
    section("Pairs of actors", pairs, ({ edge, weight }) => pairRow(edge.from, edge.to, weight, pairs[0].weight), 20),
    section("Lasting relations", relations, (i) => relationCard(i)),
  ];
}

function pairRow(source, target, value, most) {
  return meterRow(nodeIcon(source), `${nameOf(source)} → ${nameOf(target)}`, value, most, () => select({ kind: "pair", source, target }));
}

function sentencePanel(number) {
  const events = TOLD_BY[number];
  const first = events.length ? DATA.events[events[0]].evidence.find((item) => item.sentence === number) : null;
  const named = all(DATA.entities).filter((node) => (DATA.entities[node].evidence || []).some(([sentence]) => sentence === number));
  return [
    el("h2", { cls: "sr" }, "A sentence"),
    el("p", { cls: "kicker", "aria-hidden": "true" }, "A sentence"),
    quote(number, first ? first.parts : []),
    section("Events it tells of", events, (i) => eventCard(i, 0)),
    section("Whom and what it names", named, (node) => el("p", { cls: "kicker" }, nodeIcon(node), nodeLink(node))),
  ];
}

function groupPanel(number) {
  const group = DATA.communities[number];
  const open = isGrouped() && state.open.has(number);
  return [
    el("p", { cls: "kicker" }, groupIcon(), "A community: actors that the articles connect closely"),
    el("h2", {}, el("bdi", {}, group.name)),
    el("p", { cls: "facts" }, `${plural(group.members.length, "member")}, ${plural(group.events, "event")}`),
    el("div", { cls: "actions" }, button(open ? "Close it" : "Open it in the picture", () => toggleGroup(number), { "aria-pressed": String(open) })),
    section("Members", group.members, (node) => rank(node, DATA.entities[node].events, DATA.entities[group.members[0]].events), 40),
  ];
}

function pathPanel(from, to) {
  const path = pathBetween(from, to);
  const step = (i) => {
    const [a, b] = [path[i], path[i + 1]];
    const between = DATA.networks.actors.edges.filter((edge) => (edge.from === a && edge.to === b) || (edge.from === b && edge.to === a));
    const events = [...new Set(between.flatMap((edge) => (edge.actions || []).filter((action) => passes(action.event, action.status)).map((action) => action.event)))].sort(byTime);
    const relations = between.filter((edge) => edge.relation !== undefined && relationOn(edge.relation)).map((edge) => edge.relation);
    return el("li", {}, el("h3", {}, nodeLink(a), el("span", { cls: "arrow" }, "–"), nodeLink(b), el("span", { cls: "n" }, plural(events.length + relations.length, "link"))),
      events.slice(0, 2).map((event) => eventCard(event)), relations.slice(0, 2).map((relation) => relationCard(relation)),
      events.length > 2 ? button(`All ${events.length} events between them`, () => select({ kind: "pair", source: actionsBetween(a, b).length ? a : b, target: actionsBetween(a, b).length ? b : a }), { cls: "link small" }) : null);
  };
  return [
    el("p", { cls: "kicker" }, "The shortest path between two actors"),
    el("h2", {}, nodeLink(from), el("span", { cls: "arrow" }, " … "), nodeLink(to)),
    path ? el("p", { cls: "facts" }, `${plural(path.length - 1, "step")}, each with its evidence.`) : el("p", { cls: "facts" }, "No chain of events or relations connects the two, as filtered."),
    path ? el("ol", { cls: "chain" }, path.slice(0, -1).map((_, i) => step(i))) : null,
  ];
}

function contradictionsPanel() {
  return [
    el("p", { cls: "kicker" }, "What cannot all be true"),
    el("h2", {}, "Contradictions"),
    el("p", { cls: "facts" }, "Two sources say different things of one event. All of it is kept; none is preferred."),
    section("Events", all(DATA.contradictions), contradictionCard, 30),
  ];
}

function drawPanel() {
  const picked = state.selected;
  const make = {
    node: () => (isEvent(picked.node) ? eventPanel(picked.node - FIRST_EVENT) : entityPanel(picked.node)),
    pair: () => pairPanel(picked.source, picked.target),
    bundle: () => bundlePanel(picked.source, picked.target),
    relation: () => [el("h2", { cls: "sr" }, "A lasting relation"), el("p", { cls: "kicker", "aria-hidden": "true" }, relationIcon(), "A lasting relation"), relationCard(picked.relation)],
    sentence: () => sentencePanel(picked.sentence),
    group: () => groupPanel(picked.group),
    path: () => pathPanel(picked.from, picked.to),
    contradictions: contradictionsPanel,
  };
  const close = picked ? button("← Overview", () => select(null), { cls: "link close" }) : null;
  const content = picked ? make[picked.kind]() : overviewPanel();
  $("#panel-body").replaceChildren(...[close, ...content].flat(Infinity).filter(Boolean));
  $("#panel-body").scrollTop = 0;
}
