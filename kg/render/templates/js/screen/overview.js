// The panel while nothing is selected: who is most active, what is disputed, what is only planned.

function overviewPanel() {
  const { counts, actors, pairs, sources } = DATA.overview;
  const dates = DATA.documents.map((document) => document.date).filter(Boolean).sort();
  const span = !dates.length ? "" : dates[0] === dates.at(-1) ? `, ${showDay(dates[0])}` : `, ${showDay(dates[0], dates[0].slice(0, 4) !== dates.at(-1).slice(0, 4))} – ${showDay(dates.at(-1))}`;
  const wanted = (test) => all(DATA.events).filter((i) => test(DATA.events[i])).sort((a, b) => FACTS[b].reports - FACTS[a].reports || byTime(a, b));
  const contested = wanted((event) => event.disputed || event.status === "negated");
  const open = wanted((event) => ["planned", "ordered", "requested"].includes(event.status));
  const groups = all(DATA.communities).filter((i) => DATA.communities[i].members.length > 2);
  return [
    el("h2", {}, "At a glance"),
    el("p", { cls: "facts" }, `${plural(counts.documents, "article")} from ${plural(Object.keys(counts.outlets).length, "outlet")}${span}. Click anything to read the sentences behind it.`),
    el("div", { cls: "how" }, lineIcon("solid"), "reported as fact", lineIcon("dashed"), "planned, ordered, asked for, possible", lineIcon("dotted"), "denied",
      DATA.relations.length ? [relationIcon(), "lasting relation, no event"] : null),
    el("div", { cls: "how tones" }, toneIcon("cooperation"), "cooperation", toneIcon("conflict"), "conflict", toneIcon("other"), "neither"),
    section("Most active", actors, (node) => rank(node, DATA.entities[node].acts, DATA.entities[actors[0]].acts)),
    section("Most active pairs", pairs, (pair) => pairRow(pair.source, pair.target, pair.events.length, pairs[0].events.length)),
    section("Sources contradict each other", all(DATA.contradictions).slice(0, 3), contradictionCard, 3),
    DATA.contradictions.length > 3 ? button(`All ${count(DATA.contradictions.length)} contradictions`, () => select({ kind: "contradictions" }), { cls: "link small" }) : null,
    section("Denied or disputed", contested, (i) => eventCard(i), 3),
    section("Planned, ordered or asked for", open, (i) => eventCard(i), 3),
    section("Most quoted", sources, (source) => (source.node === undefined ? el("p", { cls: "facts" }, source.label) : rank(source.node, source.events, sources[0].events))),
    section("Communities", groups, (group) => meterRow(groupIcon(), DATA.communities[group].name, DATA.communities[group].members.length, DATA.communities[groups[0]].members.length, () => select({ kind: "group", group }), "Work"), 6),
  ];
}
