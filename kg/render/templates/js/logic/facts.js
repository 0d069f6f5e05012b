// What the page asks of the data again and again, looked up once. Entities and events are numbered, entities first;
// communities count down from -1.

const FIRST_EVENT = DATA.entities.length;
const isEvent = (node) => node >= FIRST_EVENT;
const isGroup = (node) => node < 0;
const groupNode = (group) => -1 - group;
const eventOf = (node) => DATA.events[node - FIRST_EVENT];
const groupOfNode = (node) => DATA.communities[-1 - node];
const record = (node) => (isGroup(node) ? groupOfNode(node) : isEvent(node) ? eventOf(node) : DATA.entities[node]);
const nameOf = (node) => (isGroup(node) ? groupOfNode(node).name : record(node).label);

const nodeOfId = new Map();
DATA.entities.forEach((entity, i) => nodeOfId.set(shortId(entity.id), i));
DATA.events.forEach((event, i) => nodeOfId.set(shortId(event.id), FIRST_EVENT + i));

const outletOf = (sentence) => DATA.documents[DATA.sentences[sentence].document].outlet;

const FACTS = DATA.events.map((event) => ({
  outlets: new Set((event.evidence || []).map((item) => outletOf(item.sentence))),
  documents: new Set((event.evidence || []).map((item) => DATA.sentences[item.sentence].document)),
  reports: Math.max(1, (event.evidence || []).length),
  category: category(event),
  from: event.time && event.time.start ? dayNumber(event.time.start) : null,
  to: event.time && event.time.start ? dayNumber(event.time.end || event.time.start) : null,
}));

// By entity: the events it takes part in, those it is the source of, its relations, its community.
const TAKES_PART = DATA.entities.map(() => []);
const SAYS = DATA.entities.map(() => []);
const RELATIONS = DATA.entities.map(() => []);
const COMMUNITY = DATA.entities.map(() => null);
// By event: those that hold it as a participant, and the wholes that it is a part of.
const HELD_BY = DATA.events.map(() => []);
const WHOLES = DATA.events.map((event) => (event.part_of || []).map((whole) => whole - FIRST_EVENT));
const TOLD_BY = DATA.sentences.map(() => []);
const CONTRADICTED = DATA.events.map(() => []);
DATA.events.forEach((event, i) => {
  for (const part of event.participants || []) {
    if (part.node === undefined) continue;
    if (isEvent(part.node)) HELD_BY[part.node - FIRST_EVENT].push({ event: i, role: part.role });
    else TAKES_PART[part.node].push({ event: i, role: part.role });
  }
  for (const said of event.attributed || []) if (said.node !== undefined) SAYS[said.node].push(i);
  for (const item of event.evidence || []) if (TOLD_BY[item.sentence].at(-1) !== i) TOLD_BY[item.sentence].push(i);
});
DATA.relations.forEach((relation, i) => {
  RELATIONS[relation.subject].push(i);
  if (relation.object !== undefined) RELATIONS[relation.object].push(i);
});
DATA.communities.forEach((group, i) => group.members.forEach((node) => { COMMUNITY[node] = i; }));
DATA.contradictions.forEach((item, i) => CONTRADICTED[item.event].push(i));

const DRAWN = Object.fromEntries(Object.entries(DATA.networks).map(([mode, network]) => [mode, new Set(network.nodes.map((node) => node.id))]));

const byTime = (a, b) => (FACTS[a].from ?? Infinity) - (FACTS[b].from ?? Infinity) || FACTS[b].reports - FACTS[a].reports || a - b;

// Events that reach an entity only through others: "Hollande orders strikes on Raqqa" has no place among its own
// participants, but the strikes that it is about have. Each with the chain of events that leads there, outermost first.
function inConnection(node) {
  const direct = new Set(TAKES_PART[node].map((part) => part.event));
  const found = new Map();
  let rim = [...direct].map((event) => [event]);
  while (rim.length) {
    const next = [];
    for (const chain of rim) {
      for (const { event, role } of HELD_BY[chain[0]]) {
        if (role === "time" || direct.has(event) || found.has(event)) continue;
        found.set(event, chain);
        next.push([event, ...chain]);
      }
    }
    rim = next;
  }
  // what is only said of it comes last: there is most of that
  const isSaid = ({ event }) => DATA.events[event].type === "Statement";
  return [...found].map(([event, via]) => ({ event, via })).sort((a, b) => isSaid(a) - isSaid(b) || byTime(a.event, b.event));
}
