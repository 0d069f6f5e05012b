// The legend is the filter: every kind of thing with its sign, its number, and a box to tick.

const FACETS = [
  { key: "type", title: "Who and what", open: true, values: () => tally(DATA.entities.map((entity) => entity.type)), icon: shapeIcon },
  { key: "status", title: "How sure", open: true, values: () => tally(DATA.events.map((event) => event.status), Object.keys(STATUS_STYLE)), icon: (value) => lineIcon(STATUS_STYLE[value]) },
  { key: "category", title: "What kind of event", open: true, values: () => tally(FACTS.map((fact) => fact.category)).sort((a, b) => (a[0] === UNCLASSED) - (b[0] === UNCLASSED)), icon: (value) => toneIcon(DATA.events[FACTS.findIndex((fact) => fact.category === value)].tone) },
  { key: "property", title: "Lasting relations", open: false, values: () => tally(DATA.relations.map((relation) => relation.property)), icon: relationIcon, name: propertyName },
  { key: "outlet", title: "Outlet", open: false, values: () => tally(FACTS.flatMap((fact) => [...fact.outlets])), icon: () => null },
  { key: "class", title: "Event class", open: false, values: () => tally(DATA.events.map((event) => event.type)), icon: (value) => toneIcon(DATA.events.find((event) => event.type === value).tone) },
  { key: "line", title: "Also show", open: true, values: () => [["attribution", SAYS.reduce((sum, events) => sum + events.length, 0)], ["described", DATA.entities.filter((entity) => entity.described).length]].filter(([, n]) => n), icon: (value) => (value === "described" ? null : lineIcon("dotted", "var(--relation)")), name: (value) => LINE_NAMES[value] },
];

function startLegend() {
  for (const facet of FACETS) {
    const values = facet.values();
    if (values.length) $("#facets").append(facetBox(facet, values));
  }
  $("#filters-toggle").addEventListener("click", () => {
    const toggle = $("#filters-toggle");
    toggle.setAttribute("aria-expanded", String(toggle.getAttribute("aria-expanded") !== "true"));
  });
}

function facetBox(facet, values) {
  const off = state.off[facet.key];
  const set = (change) => (event) => { event.preventDefault(); change(); refresh({ push: true }); };
  const ends = facet.key === "line" ? [] : [
    button("all", set(() => off.clear()), { cls: "all", "aria-label": `All of: ${facet.title}` }),
    button("none", set(() => values.forEach(([value]) => off.add(value))), { cls: "none", "aria-label": `None of: ${facet.title}` })];
  return el("details", { cls: "facet", open: facet.open, "data-facet": facet.key }, el("summary", {}, facet.title),
    ends.length ? el("div", { cls: "ends" }, ends) : null, el("ul", {}, values.map(([value, n]) => facetRow(facet, value, n, values))));
}

function facetRow(facet, value, n, values) {
  const off = state.off[facet.key];
  const name = facet.name ? facet.name(value) : value;
  const check = el("input", { type: "checkbox" });
  check.addEventListener("change", () => { if (check.checked) off.delete(value); else off.add(value); refresh({ push: true }); });
  const only = facet.key === "line" ? null : button("only", () => { off.clear(); values.forEach(([other]) => { if (other !== value) off.add(other); }); refresh({ push: true }); }, { cls: "only", "aria-label": `Only ${name}` });
  const row = el("li", {}, el("label", {}, check, facet.icon(value) || el("i"), el("span", { cls: "iso", title: name }, name), el("span", { cls: "n" }, count(n))), only);
  row.update = () => { check.checked = !off.has(value); row.classList.toggle("off", off.has(value)); };
  return row;
}

function drawLegend() {
  document.querySelectorAll(".facet li").forEach((row) => row.update());
  for (const facet of FACETS) {
    const box = $(`[data-facet=${facet.key}]`);
    if (!box || facet.key === "line") continue;
    const off = state.off[facet.key].size;
    box.classList.toggle("narrowed", off > 0);
    box.querySelector(".all").disabled = off === 0;
    box.querySelector(".none").disabled = off === box.querySelectorAll("li").length;
  }
}

function clearFilters() {
  for (const [key, off] of Object.entries(state.off)) if (key !== "line") off.clear();
  state.window = null;
  state.undated = true;
  if (state.selected && state.selected.kind === "node") {
    state.extra.add(state.selected.node);
    reveal(state.selected.node);
  }
  refresh({ push: true });
  drawPanel();
}
