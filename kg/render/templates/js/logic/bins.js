// The days of the events in bins of a day, week, month or year, whichever leaves few enough.

// The days around the articles' own; what lies further out goes into the first or last bin.
function makeBins() {
  const starts = FACTS.map((fact) => fact.from).filter((from) => from !== null).sort((a, b) => a - b);
  if (!starts.length) return [];
  const published = DATA.documents.map((document) => document.date).filter(Boolean).map(dayNumber).sort((a, b) => a - b);
  const at = (share) => starts[Math.min(starts.length - 1, Math.floor(share * starts.length))];
  let low = Math.max(starts[0], published.length ? published[0] - 10 : at(0.05));
  let high = Math.min(starts.at(-1), published.length ? published.at(-1) + 10 : at(0.95));
  if (low > high) [low, high] = [starts[0], starts.at(-1)];
  const width = high - low <= 92 ? 1 : high - low <= 730 ? 7 : high - low <= 3650 ? 30 : 365;
  const made = [];
  for (let day = low; day <= high; day += width) made.push({ from: day, to: day + width - 1 });
  made[0].before = starts[0] < low;
  made.at(-1).after = starts.at(-1) > made.at(-1).to;
  made[0].from = starts[0];
  made.at(-1).to = FACTS.reduce((latest, fact) => Math.max(latest, fact.to ?? -Infinity), made.at(-1).to);
  return made;
}

// How many events begin in each bin, by all filters but the window itself.
function binCounts() {
  const counts = bins.map(() => 0);
  const chosenWindow = state.window;
  state.window = null;
  DATA.events.forEach((_, i) => { if (FACTS[i].from !== null && passes(i)) counts[binOf(FACTS[i].from)] += 1; });
  state.window = chosenWindow;
  return counts;
}

let bins = []; // {from, to, before, after}
const binOf = (day) => Math.max(0, bins.findLastIndex((bin) => bin.from <= day));
const windowBins = () => (state.window ? [binOf(state.window[0]), binOf(state.window[1])] : [0, bins.length - 1]);

function binLabel(number) {
  const bin = bins[number];
  if (number === 0 && bin.before) return `before ${showDay(isoDay(bin.to + 1))}`;
  if (number === bins.length - 1 && bin.after) return `since ${showDay(isoDay(bin.from))}`;
  return showDay(isoDay(bin.from));
}

// What the window spans, in words.
function windowLabel() {
  const [a, b] = windowBins();
  if (!state.window) return "All days";
  if (a === b) return binLabel(a);
  return `${binLabel(a)} – ${showDay(isoDay(bins[b].to))}${b === bins.length - 1 && bins[b].after ? " and later" : ""}`.replace(/^before (.*) – /, "up to ");
}
