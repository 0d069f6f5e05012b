// Search over labels, aliases, events and the sentences of the evidence, whatever their accents and capitals.

let searchIndex = null;

function buildIndex() {
  const entities = DATA.entities.map((entity, node) => ({ kind: "node", node, names: [entity.label, ...(entity.aliases || [])].map(fold), weight: entity.mentions }));
  const events = DATA.events.map((event, i) => ({ kind: "node", node: FIRST_EVENT + i, names: [fold(event.label)], weight: FACTS[i].reports }));
  const sentences = DATA.sentences.map((sentence, i) => ({ kind: "sentence", sentence: i, names: [fold(sentence.text)], weight: TOLD_BY[i].length }));
  return { entities, events, sentences };
}

// Beginnings of the words of a question that carry its meaning: "who ordered strikes on Raqqa" finds "orders strikes on Raqqa".
const ASKING = new Set("what when where which whom whose does have were with that this from about there their they said says".split(" "));
const stemsOf = (words) => words.map((word) => word.replace(/[?!.,;:]+$/, "")).filter((word) => word.length > 3 && !ASKING.has(word)).map((word) => word.slice(0, Math.max(4, word.length - 2)));

// 0: no match; the more of the beginning of a name matches, the higher.
function score(entry, query, words, stems) {
  let best = 0;
  for (const name of entry.names) {
    if (name === query) best = Math.max(best, 4);
    else if (name.startsWith(query)) best = Math.max(best, 3);
    else if (` ${name}`.includes(` ${query}`)) best = Math.max(best, 2);
    else if (words.every((word) => name.includes(word))) best = Math.max(best, 1);
    else if (stems.length > 1 && stems.every((stem) => ` ${name}`.includes(` ${stem}`))) best = Math.max(best, 0.5);
  }
  return best;
}

// The best hits of each kind under a heading: [heading, entries][].
function find(text) {
  const query = fold(text);
  if (!query) return [];
  searchIndex ||= buildIndex();
  const words = query.split(" ");
  const stems = stemsOf(words);
  const top = (entries, most) => entries
    .map((entry) => ({ entry, score: score(entry, query, words, stems) }))
    .filter((found) => found.score > 0)
    .sort((a, b) => b.score - a.score || b.entry.weight - a.entry.weight)
    .slice(0, most)
    .map((found) => found.entry);
  return [["Names", top(searchIndex.entities, 7)], ["Events", top(searchIndex.events, 5)], ["Sentences", top(searchIndex.sentences, 5)]].filter(([, found]) => found.length);
}

// Where a word of the query stands in a text: [start, end] in the text as it is written, or null. Folding changes
// lengths ("é" becomes two, then one), so letters are folded one by one.
function foundAt(text, word) {
  if (!word) return null;
  const letters = Array.from(text);
  let folded = "";
  const from = [];
  letters.forEach((letter, i) => {
    for (const unit of (/\s/.test(letter) ? " " : fold(letter)).split("")) { folded += unit; from.push(i); }
  });
  const at = folded.indexOf(word);
  return at < 0 ? null : [from[at], from[Math.min(at + word.length, from.length) - 1] + 1];
}
