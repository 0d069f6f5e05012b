// The panel: what is selected, and the sentences that say so.

const SHAPE_PATHS = {
  dot: "M8 2a6 6 0 1 1 0 12A6 6 0 0 1 8 2Z", square: "M3 3h10v10H3Z", triangle: "M8 2l6.5 11.5h-13Z", triangleDown: "M8 14 1.5 2.5h13Z",
  hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8Z", diamond: "M8 1l6 7-6 7-6-7Z", star: "M8 1l2 4.8 5 .4-3.8 3.3 1.2 5L8 11.8l-4.4 2.7 1.2-5L1 6.2l5-.4Z",
};

function shapeIcon(type) {
  const path = svg("path", { d: SHAPE_PATHS[SHAPES[type] || "dot"] });
  path.style.fill = `var(--${SHAPES[type] ? type : "Other"})`;
  return svgIcon("shape", "0 0 16 16", path);
}

function svgIcon(cls, box, ...children) {
  return svg("svg", { class: cls, viewBox: box, "aria-hidden": "true" }, ...children);
}

function eventIcon(event) {
  const box = svg("rect", { x: 1.5, y: 4, width: 13, height: 8, rx: 2.5, "stroke-width": 1.5 });
  box.style.stroke = `var(--${event.tone})`;
  box.style.fill = "none";
  if (event.status !== "asserted") box.setAttribute("stroke-dasharray", event.status === "negated" ? "1 2" : "3 2");
  return svgIcon("shape", "0 0 16 16", box);
}

const nodeIcon = (node) => (isEvent(node) ? eventIcon(eventOf(node)) : shapeIcon(DATA.entities[node].type));

function lineIcon(style, colour) {
  const line = svg("line", { x1: 1, y1: 6, x2: 29, y2: 6, "stroke-width": 2.4, "stroke-linecap": "round" });
  line.style.stroke = colour || "currentColor";
  if (style !== "solid") line.setAttribute("stroke-dasharray", style === "dotted" ? "0.5 5" : "6 5");
  return svgIcon("line", "0 0 30 12", line);
}

function statusBadge(status) {
  return el("span", { cls: `badge ${status}` }, lineIcon(STATUS_STYLE[status] || "solid"), status);
}

const nodeLink = (node, text) => button(el("bdi", {}, text ?? record(node).label), () => goTo(node), { cls: "link" });

// The address of an article with a text fragment (WICG), so that the browser scrolls to the sentence.
function sourceLink(document, text) {
  if (!document.url || !/^https?:\/\//i.test(document.url)) return null;
  const words = text.trim().split(/\s+/);
  const encode = (part) => encodeURIComponent(part.join(" ")).replace(/-/g, "%2D");
  const quote = words.length > 12 ? `${encode(words.slice(0, 5))},${encode(words.slice(-5))}` : encode(words);
  const target = `${document.url}${document.url.includes("#") ? "" : "#"}:~:text=${quote}`;
  return el("a", { href: target, target: "_blank", rel: "noopener noreferrer" }, "open source ↗");
}

function markedText({ text, cut = [] }, parts) {
  const nodes = [];
  let at = 0;
  for (const [start, end, role] of parts || []) {
    if (start > at) nodes.push(slice(text, at, start));
    nodes.push(el("mark", { "data-role": role, title: ROLE_NAMES[role] || role }, slice(text, start, end)));
    at = end;
  }
  nodes.push(slice(text, at, Infinity));
  return [cut.includes("start") ? "… " : "", ...nodes, cut.includes("end") ? " …" : ""];
}

function quote(number, parts, extra = {}) {
  const sentence = DATA.sentences[number];
  const document = DATA.documents[sentence.document];
  return el("figure", { cls: "quote" },
    el("blockquote", { cls: "iso", dir: "auto" }, markedText(sentence, parts)),
    el("figcaption", {},
      el("span", { cls: "outlet iso" }, document.outlet),
      document.date ? el("span", {}, showDay(document.date)) : null,
      extra.status ? statusBadge(extra.status) : null,
      (extra.said || []).length ? el("span", { cls: "iso" }, `according to ${extra.said.join(", ")}`) : null,
      el("span", { cls: "iso" }, document.title || document.path),
      sourceLink(document, sentence.text)));
}

// The first few quotes open, the rest behind "more".
function quotes(items, make, most = 2) {
  const rest = items.slice(most);
  const more = rest.length ? el("details", { cls: "more" }, el("summary", {}, plural(rest.length, "more sentence"))) : null;
  if (more) more.addEventListener("toggle", () => { if (more.children.length === 1) more.append(...rest.map(make)); }, { once: true });
  return [...items.slice(0, most).map(make), more];
}

function eventQuotes(event, most) {
  return quotes(event.evidence || [], (item) => quote(item.sentence, item.parts, { status: item.status === event.status ? null : item.status, said: item.said }), most);
}

function eventCard(i, most = 1) {
  const event = DATA.events[i];
  return el("article", { cls: "card" },
    el("div", { cls: "card-head" },
      button(el("bdi", { cls: event.status === "negated" ? "negated-text" : null }, event.label), () => goTo(FIRST_EVENT + i), { cls: "link" }),
      el("span", { cls: "when" }, showTime(event.time))),
    el("div", { cls: "kicker" }, statusBadge(event.status), event.disputed ? el("span", { cls: "badge disputed" }, "disputed") : null, el("span", {}, event.type)),
    eventQuotes(event, most));
}

// What sources say of one event that cannot both be true, oldest claim first, each with its sentence.
function contradictionCard(number) {
  const { event, field, about, claims } = DATA.contradictions[number];
  return el("article", { cls: "card" },
    el("div", { cls: "card-head" },
      button(el("bdi", {}, DATA.events[event].label), () => goTo(FIRST_EVENT + event), { cls: "link" }),
      el("span", { cls: "when" }, about === undefined ? field : [`${field} of `, el("bdi", {}, about)])),
    claims.map((claim) => [el("p", { cls: "facts" }, el("bdi", {}, el("b", {}, claim.value))), quote(claim.sentence, claim.parts, { said: claim.said })]));
}

const byTime = (a, b) => (FACTS[a].from ?? Infinity) - (FACTS[b].from ?? Infinity) || FACTS[b].reports - FACTS[a].reports || a - b;

function section(heading, items, make, most = 8) {
  if (!items.length) return null;
  const box = el("div", {}, items.slice(0, most).map(make));
  const rest = items.length > most ? button(`Show ${items.length - most} more`, () => { box.append(...items.slice(most).map(make)); rest.remove(); }, { cls: "small" }) : null;
  return el("section", {}, el("h3", {}, heading, el("span", { cls: "n" }, items.length)), box, rest);
}

function roleKeys(events) {
  const roles = new Set(events.flatMap((i) => (DATA.events[i].evidence || []).flatMap((item) => (item.parts || []).map((part) => part[2]))));
  return el("div", { cls: "keys", "aria-label": "Colours of the parts of a sentence" },
    Object.keys(ROLE_NAMES).filter((role) => roles.has(role)).map((role) => el("span", { cls: "key", "data-role": role }, ROLE_NAMES[role])));
}

function hopButtons() {
  return [1, 2, 3].map((hops) => button(String(hops), () => setHops(hops), { "aria-pressed": String(state.hops === hops), title: `Keep what lies within ${plural(hops, "step")} bright` }));
}

function entityPanel(node) {
  const entity = DATA.entities[node];
  const roles = new Map();
  for (const { event, role } of TAKES_PART[node]) roles.set(event, roles.get(event) === "agent" ? "agent" : role);
  const does = [...roles.keys()].filter((i) => roles.get(i) === "agent").sort(byTime);
  const other = [...roles.keys()].filter((i) => roles.get(i) !== "agent").sort(byTime);
  const says = [...new Set(SAYS[node])].sort(byTime);
  const outlets = new Set((entity.evidence || []).map(([sentence]) => outletOf(sentence)));
  const told = new Set([...does, ...other, ...says].flatMap((i) => (DATA.events[i].evidence || []).map((item) => item.sentence)));
  const rest = (entity.evidence || []).filter(([sentence]) => !told.has(sentence));
  return [
    el("p", { cls: "kicker" }, shapeIcon(entity.type), entity.type),
    el("h2", {}, el("bdi", {}, entity.label)),
    (entity.aliases || []).length ? el("p", { cls: "facts" }, "also ", entity.aliases.flatMap((alias, i) => [i ? ", " : "", el("bdi", {}, el("b", {}, alias))])) : null,
    el("p", { cls: "facts" }, `${plural(entity.mentions, "mention")} in ${plural(outlets.size, "outlet")}, ${plural(entity.events, "event")}`),
    (entity.links || []).map((url) => el("p", { cls: "facts" }, el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, new URL(url).hostname.includes("geonames") ? "GeoNames ↗" : `${new URL(url).hostname} ↗`))),
    el("div", { cls: "actions" }, el("span", { cls: "muted" }, "Neighbours within"), hopButtons(), button("Zoom to them", () => fitNodes(near || [node]))),
    el("div", { cls: "actions" }, button("Find a path to …", () => startPath(node), { "aria-pressed": String(state.pathFrom === node) }), state.pathFrom === node ? el("span", { cls: "muted" }, "click or search the other actor") : null),
    placeNote(node),
    does.length + other.length + says.length ? roleKeys([...does, ...other, ...says]) : null,
    section("Acts", does, (i) => eventCard(i)),
    section("Takes part in", other, (i) => eventCard(i)),
    section("Is the source of", says, (i) => eventCard(i)),
    section("Lasting relations", RELATIONS[node], (i) => relationCard(i)),
    section("Other sentences with this name", rest, ([sentence, start, end]) => el("div", { cls: "card" }, quote(sentence, [[start, end, "mention"]])), 5),
  ];
}

// No dead ends: say why something that was asked for is not in the picture, and how to get it there.
function placeNote(node) {
  if (state.mode === "table" || shown.nodes.has(node)) return null;
  const drawn = DATA.networks[state.mode].nodes.some((item) => item.id === node);
  if (drawn) return el("p", { cls: "facts" }, "Hidden by the filters. ", button("Clear filters", clearFilters, { cls: "link" }));
  const elsewhere = DATA.networks.events.nodes.some((item) => item.id === node) && state.mode === "actors";
  return el("p", { cls: "facts" }, elsewhere ? "Not part of this view: it acts on nobody here. " : "Not in the picture: no event or relation links it to others.",
    elsewhere ? button("Look in Events", () => setMode("events"), { cls: "link" }) : null);
}

function eventPanel(i) {
  const event = DATA.events[i];
  const rows = (event.participants || []).map((part) => [part.role, part.node === undefined ? el("bdi", {}, part.text) : nodeLink(part.node)]);
  if (event.time) rows.push(["time", el("span", {}, showTime(event.time), event.time.start ? el("span", { cls: "muted" }, ` (“${event.time.text}”)`) : null)]);
  for (const said of event.attributed || []) rows.push(["attribution", said.node === undefined ? el("bdi", {}, said.text) : nodeLink(said.node)]);
  return [
    el("p", { cls: "kicker" }, eventIcon(event), `${event.type}${event.plover ? ` · ${category(event)}` : ""}`),
    el("h2", { cls: event.status === "negated" ? "negated-text" : null }, el("bdi", {}, event.label)),
    el("p", { cls: "kicker" }, statusBadge(event.status), event.disputed ? el("span", { cls: "badge disputed" }, "disputed: one source says so, another denies it") : null),
    el("p", { cls: "facts" }, `${plural((event.evidence || []).length, "report")} in ${plural(FACTS[i].outlets.size, "outlet")}`),
    el("dl", { cls: "roles" }, rows.flatMap(([role, value]) => [el("dt", {}, el("span", { cls: "key", "data-role": role }, ROLE_NAMES[role] || role)), el("dd", {}, value)])),
    placeNote(FIRST_EVENT + i),
    el("section", {}, el("h3", {}, "Evidence", el("span", { cls: "n" }, (event.evidence || []).length)), eventQuotes(event, 6)),
    section("Sources contradict each other", DATA.contradictions.map((_, n) => n).filter((n) => DATA.contradictions[n].event === i), contradictionCard),
    section("Part of", [...new Set(PART_OF[i])], (outer) => eventCard(outer)),
  ];
}

function pairPanel(source, target) {
  const actions = (from, to) => DATA.networks.actors.edges.filter((edge) => edge.actions && edge.from === from && edge.to === to).flatMap((edge) => edge.actions);
  const there = actions(source, target).map((action) => action.event).sort(byTime);
  const back = actions(target, source).map((action) => action.event).sort(byTime);
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

function relationCard(i) {
  const relation = DATA.relations[i];
  return el("article", { cls: "card" },
    el("p", {}, nodeLink(relation.subject), ` ${PROPERTY_NAMES[relation.property] || relation.property} `, relation.object === undefined ? el("bdi", {}, relation.value) : nodeLink(relation.object)),
    quotes(relation.evidence || [], (item) => quote(item.sentence, item.parts), 1));
}

function sentencePanel(number) {
  const events = TOLD_BY[number];
  const first = events.length ? DATA.events[events[0]].evidence.find((item) => item.sentence === number) : null;
  const named = DATA.entities.flatMap((entity, node) => ((entity.evidence || []).some(([sentence]) => sentence === number) ? [node] : []));
  return [
    el("p", { cls: "kicker" }, "A sentence"),
    quote(number, first ? first.parts : []),
    section("Events it tells of", events, (i) => eventCard(i, 0)),
    section("Whom and what it names", named, (node) => el("p", { cls: "kicker" }, nodeIcon(node), nodeLink(node))),
  ];
}

function groupPanel(number) {
  const group = DATA.communities[number];
  return [
    el("p", { cls: "kicker" }, "A group of actors that the articles connect closely"),
    el("h2", {}, el("bdi", {}, group.name)),
    el("p", { cls: "facts" }, `${plural(group.members.length, "member")}, ${plural(group.events, "event")}`),
    section("Members", group.members, (node) => rank(node, DATA.entities[node].events, DATA.entities[group.members[0]].events), 40),
  ];
}

function pathPanel(from, to) {
  const path = pathBetween(from, to);
  const step = (i) => {
    const [a, b] = [path[i], path[i + 1]];
    const between = DATA.networks.actors.edges.filter((edge) => (edge.from === a && edge.to === b) || (edge.from === b && edge.to === a));
    const events = [...new Set(between.flatMap((edge) => (edge.actions || []).filter((action) => passes(action.event, action.status)).map((action) => action.event)))].sort(byTime);
    const relations = between.filter((edge) => edge.relation !== undefined).map((edge) => edge.relation);
    return el("section", {}, el("h3", {}, nodeLink(a), el("span", { cls: "arrow" }, "–"), nodeLink(b), el("span", { cls: "n" }, plural(events.length + relations.length, "link"))),
      events.slice(0, 2).map((event) => eventCard(event)), relations.slice(0, 2).map((relation) => relationCard(relation)));
  };
  return [
    el("p", { cls: "kicker" }, "The shortest path between two actors"),
    el("h2", {}, nodeLink(from), el("span", { cls: "arrow" }, " … "), nodeLink(to)),
    path ? el("p", { cls: "facts" }, `${plural(path.length - 1, "step")}, each with its evidence.`) : el("p", { cls: "facts" }, "No chain of events or relations connects the two, as filtered."),
    path ? path.slice(0, -1).map((_, i) => step(i)) : null,
  ];
}

function rank(node, value, most, action) {
  const bar = el("i");
  bar.style.width = `${Math.max(4, Math.round((100 * value) / Math.max(1, most)))}%`;
  if (!isEvent(node)) bar.style.background = `var(--${SHAPES[DATA.entities[node].type] ? DATA.entities[node].type : "Other"})`;
  return el("div", { cls: "ranks" }, button([nodeIcon(node), el("bdi", { cls: "name" }, record(node).label), el("span", { cls: "meter" }, bar), el("span", { cls: "n" }, value)], action || (() => goTo(node))));
}

function pairRow(pair, most) {
  const bar = el("i");
  bar.style.width = `${Math.max(4, Math.round((100 * pair.events.length) / Math.max(1, most)))}%`;
  const name = `${record(pair.source).label} → ${record(pair.target).label}`;
  return el("div", { cls: "ranks" }, button([nodeIcon(pair.source), el("bdi", { cls: "name", title: name }, name), el("span", { cls: "meter" }, bar), el("span", { cls: "n" }, pair.events.length)], () => select({ kind: "pair", source: pair.source, target: pair.target })));
}

function overviewPanel() {
  const { counts, actors, pairs, sources } = DATA.overview;
  const dates = DATA.documents.map((document) => document.date).filter(Boolean).sort();
  const span = !dates.length ? "" : dates[0] === dates.at(-1) ? `, ${showDay(dates[0])}` : `, ${showDay(dates[0], dates[0].slice(0, 4) !== dates.at(-1).slice(0, 4))} – ${showDay(dates.at(-1))}`;
  const wanted = (test) => DATA.events.map((_, i) => i).filter((i) => test(DATA.events[i])).sort((a, b) => FACTS[b].reports - FACTS[a].reports || byTime(a, b));
  const contested = wanted((event) => event.disputed || event.status === "negated");
  const open = wanted((event) => ["planned", "ordered", "requested"].includes(event.status));
  return [
    el("h2", {}, "At a glance"),
    el("p", { cls: "facts" }, `${plural(counts.documents, "article")} from ${plural(Object.keys(counts.outlets).length, "outlet")}${span}. Click anything to read the sentences behind it.`),
    el("div", { cls: "how" }, lineIcon("solid"), "reported as fact", lineIcon("dashed"), "planned, ordered, asked for, possible", lineIcon("dotted"), "denied"),
    section("Most active", actors, (node) => rank(node, DATA.entities[node].acts, DATA.entities[actors[0]].acts)),
    section("Most active pairs", pairs, (pair) => pairRow(pair, pairs[0].events.length)),
    section("Sources contradict each other", DATA.contradictions.map((_, n) => n), contradictionCard, 3),
    section("Denied or disputed", contested, (i) => eventCard(i), 3),
    section("Planned, ordered or asked for", open, (i) => eventCard(i), 3),
    section("Most quoted", sources, (source) => (source.node === undefined ? el("p", { cls: "facts" }, source.label) : rank(source.node, source.events, sources[0].events))),
    section("Groups that belong together", DATA.communities.map((_, i) => i).filter((i) => DATA.communities[i].members.length > 2), (i) => el("div", { cls: "ranks" },
      button([shapeIcon(DATA.entities[DATA.communities[i].members[0]].type), el("bdi", { cls: "name" }, DATA.communities[i].name), el("span", {}), el("span", { cls: "n" }, DATA.communities[i].members.length)], () => select({ kind: "group", group: i }))), 6),
  ];
}

function drawPanel() {
  const picked = state.selected;
  const make = {
    node: () => (isEvent(picked.node) ? eventPanel(picked.node - FIRST_EVENT) : entityPanel(picked.node)),
    pair: () => pairPanel(picked.source, picked.target),
    relation: () => [el("p", { cls: "kicker" }, "A lasting relation"), relationCard(picked.relation)],
    sentence: () => sentencePanel(picked.sentence),
    group: () => groupPanel(picked.group),
    path: () => pathPanel(picked.from, picked.to),
  };
  const close = picked ? button("← Overview", () => select(null), { cls: "link close" }) : null;
  const content = picked ? make[picked.kind]() : overviewPanel();
  $("#panel").replaceChildren(...[close, ...content].flat(Infinity).filter(Boolean));
}
