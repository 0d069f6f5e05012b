// Search over labels, aliases, events and the sentences of the evidence; a list box of suggestions.

let hits = [];
let active = -1;

function hitText(entry, query) {
  if (entry.kind === "node") return { text: shorten(nameOf(entry.node), 160), icon: nodeIcon(entry.node), note: isEvent(entry.node) ? showTime(eventOf(entry.node).time) : aliasNote(entry, query) };
  const { text } = DATA.sentences[entry.sentence];
  const [at] = foundAt(text, query) || foundAt(text, query.split(" ")[0]) || [0];
  // a little of what stands before it, from the beginning of a word
  const from = at > 40 ? at - 40 + Array.from(slice(text, at - 40, at)).indexOf(" ") + 1 : 0;
  return { text: (from ? "… " : "") + slice(text, from, from + 200), icon: lineIcon("solid", "var(--muted)"), note: outletOf(entry.sentence) };
}

function aliasNote(entry, query) {
  const entity = DATA.entities[entry.node];
  const alias = (entity.aliases || []).find((name) => fold(name).includes(query));
  return alias && !fold(entity.label).includes(query) ? `also ${shorten(alias, 40)}` : entity.type;
}

// The text with the words of the query in <mark>, in whatever accents and capitals it has them.
function emphasised(text, query) {
  const found = foundAt(text, query) || foundAt(text, query.split(" ")[0]);
  return found ? [slice(text, 0, found[0]), el("mark", {}, slice(text, ...found)), slice(text, found[1], Infinity)] : [text];
}

function suggest() {
  const list = $("#hits");
  const input = $("#query");
  const query = fold(input.value);
  list.replaceChildren();
  hits = [];
  active = -1;
  for (const [heading, entries] of find(input.value)) {
    list.append(el("li", { role: "presentation" }, heading));
    for (const entry of entries) {
      const { text, icon, note } = hitText(entry, query);
      const number = hits.length;
      list.append(el("li", { role: "option", id: `hit-${number}`, "aria-selected": "false", on: { mousedown: (event) => { event.preventDefault(); choose(number); } } },
        icon, el("span", { cls: "hit-text iso" }, emphasised(text, query)), el("span", { cls: "hit-note iso" }, note || "")));
      hits.push(entry);
    }
  }
  if (query && !hits.length) list.append(el("li", { role: "presentation" }, "Nothing here has these words. Search looks at names, aliases, events and the sentences of the evidence."));
  list.hidden = !query;
  if (query) announce(hits.length ? plural(hits.length, "suggestion") : "No suggestion");
  input.setAttribute("aria-expanded", String(!list.hidden));
  input.removeAttribute("aria-activedescendant");
}

function activate(number) {
  if (!hits.length) return;
  active = (number + hits.length) % hits.length;
  document.querySelectorAll("#hits [role=option]").forEach((option, i) => option.setAttribute("aria-selected", String(i === active)));
  const option = $(`#hit-${active}`);
  option.scrollIntoView({ block: "nearest" });
  $("#query").setAttribute("aria-activedescendant", option.id);
}

function closeHits() {
  $("#hits").hidden = true;
  $("#query").setAttribute("aria-expanded", "false");
}

function choose(number) {
  const entry = hits[number];
  if (!entry) return;
  closeHits();
  if (entry.kind === "node") goTo(entry.node);
  else select({ kind: "sentence", sentence: entry.sentence });
  if (narrow()) $("#query").blur();
}

function startSearch() {
  const input = $("#query");
  input.addEventListener("input", suggest);
  input.addEventListener("focus", () => { if (input.value) suggest(); });
  input.addEventListener("blur", closeHits);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") { event.preventDefault(); activate(active + 1); }
    else if (event.key === "ArrowUp") { event.preventDefault(); activate(active - 1); }
    else if (event.key === "Enter") { event.preventDefault(); choose(Math.max(active, 0)); }
    else if (event.key === "Escape") { event.stopPropagation(); if ($("#hits").hidden) { input.value = ""; input.blur(); } else closeHits(); }
  });
}
