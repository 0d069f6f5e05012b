// Cards: an event, a relation or a contradiction with the sentences that say so.

function statusBadge(status) {
  return el("span", { cls: `badge ${status}` }, lineIcon(STATUS_STYLE[status] || "solid"), status);
}

const nodeLink = (node, text) => button(el("bdi", {}, text ?? nameOf(node)), () => goTo(node), { cls: "link" });

function markedText({ text, cut = [] }, painted) {
  const nodes = [];
  let at = 0;
  for (const [start, end, role] of painted || []) {
    if (start > at) nodes.push(slice(text, at, start));
    nodes.push(el("mark", { "data-role": role, title: roleName(role) }, slice(text, start, end)));
    at = end;
  }
  nodes.push(slice(text, at, Infinity));
  return [cut.includes("start") ? "… " : "", ...nodes, cut.includes("end") ? " …" : ""];
}

function quote(number, painted, extra = {}) {
  const sentence = DATA.sentences[number];
  const document = DATA.documents[sentence.document];
  const source = fragmentLink(document.url, sentence.text);
  return el("figure", { cls: "quote" },
    el("blockquote", { cls: "iso", dir: "auto" }, markedText(sentence, painted)),
    el("figcaption", {},
      el("span", { cls: "outlet iso" }, document.outlet),
      document.date ? el("span", {}, showDay(document.date)) : null,
      extra.status ? statusBadge(extra.status) : null,
      (extra.said || []).length ? el("span", { cls: "iso" }, `according to ${extra.said.join(", ")}`) : null,
      el("span", { cls: "iso" }, document.title || document.path),
      source ? el("a", { href: source, target: "_blank", rel: "noopener noreferrer" }, "open source ↗") : null));
}

// The first few quotes open, the rest behind "more".
function quotes(items, make, most = 2) {
  const rest = items.slice(most);
  const label = most ? plural(rest.length, "more sentence") : plural(rest.length, "sentence");
  const more = rest.length ? el("details", { cls: "more" }, el("summary", {}, label)) : null;
  if (more) more.addEventListener("toggle", () => { if (more.children.length === 1) more.append(...rest.map(make)); }, { once: true });
  return [...items.slice(0, most).map(make), more];
}

function eventQuotes(event, most) {
  return quotes(event.evidence || [], (item) => quote(item.sentence, item.parts, { status: item.status === event.status ? null : item.status, said: item.said }), most);
}

// How well it is attested: by how many articles, of how many outlets.
function attested(i) {
  const { outlets, documents, reports } = FACTS[i];
  return `${plural(reports, "report")} in ${plural(documents.size, "article")} of ${plural(outlets.size, "outlet")}`;
}

function eventCard(i, most = 1, note = null) {
  const event = DATA.events[i];
  return el("article", { cls: "card" },
    el("div", { cls: "card-head" },
      button(el("bdi", { cls: event.status === "negated" ? "negated-text" : null }, event.label), () => goTo(FIRST_EVENT + i), { cls: "link" }),
      el("span", { cls: "when" }, showTime(event.time))),
    el("div", { cls: "kicker" }, statusBadge(event.status), event.disputed ? el("span", { cls: "badge disputed" }, "disputed") : null, el("span", {}, event.type),
      FACTS[i].outlets.size > 1 ? el("span", {}, plural(FACTS[i].outlets.size, "outlet")) : null),
    note,
    eventQuotes(event, most));
}

// An event that is reached through others: by way of which.
function connectedCard({ event, via }) {
  return eventCard(event, 1, el("p", { cls: "facts" }, "by way of ", via.flatMap((i, n) => [n ? " → " : "", nodeLink(FIRST_EVENT + i)])));
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

function relationCard(i) {
  const relation = DATA.relations[i];
  return el("article", { cls: "card" },
    el("p", {}, nodeLink(relation.subject), ` ${propertyName(relation.property)} `, relation.object === undefined ? el("bdi", {}, relation.value) : nodeLink(relation.object)),
    quotes(relation.evidence || [], (item) => quote(item.sentence, item.parts), 1));
}

function section(heading, items, make, most = 8) {
  if (!items.length) return null;
  const box = el("div", {}, items.slice(0, most).map(make));
  const rest = items.length > most ? button(`Show ${count(Math.min(200, items.length - most))} more`, () => {
    const at = box.children.length;
    box.append(...items.slice(at, at + 200).map(make));
    if (box.children.length >= items.length) rest.remove();
  }, { cls: "small link more-cards" }) : null;
  return el("section", {}, el("h3", {}, heading, el("span", { cls: "n" }, count(items.length))), box, rest);
}

function roleKeys(events) {
  const roles = new Set(events.flatMap((i) => (DATA.events[i].evidence || []).flatMap((item) => (item.parts || []).map((part) => part[2]))));
  return el("div", { cls: "keys", role: "group", "aria-label": "Colours of the parts of a sentence" },
    Object.keys(ROLE_NAMES).filter((role) => roles.has(role)).map((role) => el("span", { cls: "key", "data-role": role }, ROLE_NAMES[role])));
}

function meterRow(icon, name, value, most, action, colour) {
  const bar = el("i");
  bar.style.width = `${Math.max(4, Math.round((100 * value) / Math.max(1, most)))}%`;
  if (colour) bar.style.background = `var(--${colour})`;
  return el("div", { cls: "ranks" }, button([icon, el("bdi", { cls: "name", title: name }, name), el("span", { cls: "meter", "aria-hidden": "true" }, bar), el("span", { cls: "n" }, count(value))], action));
}

function rank(node, value, most) {
  const { type } = DATA.entities[node];
  return meterRow(nodeIcon(node), nameOf(node), value, most, () => goTo(node), SHAPES[type] ? type : "Other");
}

// Why the names and mentions of one entity or event are taken to be one, and what to do where they are not.
function mergesBox(merges) {
  if (!merges || !merges.length) return null;
  const row = (item) => {
    const copied = el("span", { cls: "muted", role: "status" });
    const copy = item.undo ? button("Copy the lines that undo it", async () => {
      try { await navigator.clipboard.writeText(item.undo); copied.textContent = "copied"; } catch { copied.textContent = "select and copy them below"; }
    }, { cls: "small" }) : null;
    return el("li", {}, el("p", {}, el("b", {}, el("bdi", {}, item.text)), el("span", { cls: "muted" }, ` · ${item.rule}`, item.document === undefined ? null : ` · ${DATA.documents[item.document].outlet}`)), el("p", { cls: "facts iso" }, item.evidence),
      item.undo ? el("details", { cls: "more" }, el("summary", {}, "Not the same? Undo it"), el("p", { cls: "facts" }, "Put these lines into must.toml beside the articles and build again:"), el("pre", { tabindex: 0 }, item.undo), copy, " ", copied) : null);
  };
  const list = el("ul", { cls: "merges" });
  const box = el("details", { cls: "more" }, el("summary", {}, `Merged from ${plural(merges.length, "mention")}: why, and how to undo it`), list);
  box.addEventListener("toggle", () => { if (!list.children.length) list.append(...merges.map(row)); }, { once: true });
  return box;
}
