// Search over labels, aliases, events and the sentences of the evidence; a list box of suggestions.

let searchIndex = null;
let hits = [];
let active = -1;

function buildIndex() {
  const entities = DATA.entities.map((entity, node) => ({ kind: "node", node, names: [entity.label, ...(entity.aliases || [])].map(fold), weight: entity.mentions }));
  const events = DATA.events.map((event, i) => ({ kind: "node", node: FIRST_EVENT + i, names: [fold(event.label)], weight: FACTS[i].reports }));
  const sentences = DATA.sentences.map((sentence, i) => ({ kind: "sentence", sentence: i, names: [fold(sentence.text)], weight: TOLD_BY[i].length }));
  return { entities, events, sentences };
}

// 0: no match; the more of the beginning of a name matches, the higher.
function score(entry, query, words) {
  let best = 0;
  for (const name of entry.names) {
    if (name === query) best = Math.max(best, 4);
    else if (name.startsWith(query)) best = Math.max(best, 3);
    else if (` ${name}`.includes(` ${query}`)) best = Math.max(best, 2);
    else if (words.every((word) => name.includes(word))) best = Math.max(best, 1);
  }
  return best;
}

function find(text) {
  const query = fold(text);
  if (!query) return [];
  searchIndex ||= buildIndex();
  const words = query.split(" ");
  const top = (entries, most) => entries
    .map((entry) => ({ entry, score: score(entry, query, words) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || b.entry.weight - a.entry.weight)
    .slice(0, most)
    .map((found) => found.entry);
  return [["Names", top(searchIndex.entities, 7)], ["Events", top(searchIndex.events, 5)], ["Sentences", top(searchIndex.sentences, 5)]].filter(([, found]) => found.length);
}

function hitText(entry, query) {
  if (entry.kind === "node") return { text: record(entry.node).label, icon: nodeIcon(entry.node), note: isEvent(entry.node) ? showTime(eventOf(entry.node).time) : aliasNote(entry, query) };
  const { text } = DATA.sentences[entry.sentence];
  const at = Math.max(0, fold(text).indexOf(query.split(" ")[0]) - 40);
  return { text: (at ? "… " : "") + text.slice(at), icon: lineIcon("solid", "var(--muted)"), note: outletOf(entry.sentence) };
}

function aliasNote(entry, query) {
  const entity = DATA.entities[entry.node];
  const alias = (entity.aliases || []).find((name) => fold(name).includes(query));
  return alias && !fold(entity.label).includes(query) ? `also ${alias}` : entity.type;
}

// The text with the words of the query in <mark>; a plain text node where folding moved the offsets.
function emphasised(text, query) {
  const word = query.split(" ")[0];
  const at = text.toLowerCase().indexOf(word);
  return at < 0 || !word ? [text] : [text.slice(0, at), el("mark", {}, text.slice(at, at + word.length)), text.slice(at + word.length)];
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
  if (query && !hits.length) list.append(el("li", { role: "presentation" }, "Nothing here has these words."));
  list.hidden = !query;
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
  if (matchMedia("(max-width: 900px)").matches) $("#query").blur();
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
