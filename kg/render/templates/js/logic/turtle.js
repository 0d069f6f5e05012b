// Turtle of a selection, with the prefixes and terms of graph.ttl: a part of it that other tools can load.

const PREFIXES = {
  en: `${BASE}entity/`, ev: `${BASE}event/`, kg: `${BASE}ontology#`, rdfs: "http://www.w3.org/2000/01/rdf-schema#", sem: "http://semanticweb.cs.vu.nl/2009/11/sem/",
  skos: "http://www.w3.org/2004/02/skos/core#", xsd: "http://www.w3.org/2001/XMLSchema#",
};
const RELATION_ROLES = ["agent", "patient", "recipient", "instrument", "topic", "place", "source", "destination"];

// A prefixed name where the rest is plain letters, digits and hyphens; else the whole IRI, with what may not stand in it escaped.
function iri(id) {
  for (const [prefix, base] of Object.entries(PREFIXES)) {
    if (id.startsWith(base) && /^[A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?$/.test(id.slice(base.length))) return `${prefix}:${id.slice(base.length)}`;
  }
  return /^[A-Za-z][A-Za-z0-9+.-]*:/.test(id) ? `<${encodeIri(id)}>` : `<${BASE}${encodeIri(id)}>`;
}

const encodeIri = (id) => Array.from(id.replace(/[\u0000-\u0020<>"{}|\\^`\u007f-\u009f]/g, (c) => encodeURIComponent(c))).map((c) => (/[\ud800-\udfff]/.test(c) && c.length === 1 ? "%EF%BF%BD" : c)).join("");

function literal(text, tail = "") {
  const safe = Array.from(String(text)).map((c) => (c.length === 1 && /[\ud800-\udfff]/.test(c) ? "\ufffd" : c)).join("");
  const escaped = safe.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "\ufffd").replace(/\\/g, "\\\\").replace(/"/g, '\\"').replace(/\n/g, "\\n").replace(/\r/g, "\\r").replace(/\t/g, "\\t");
  return `"${escaped}"${tail}`;
}

const className = (name) => (/^[A-Za-z0-9]+$/.test(name) ? `kg:${name}` : "kg:Event");
const ENTITY_CLASSES = { Event: "NamedEvent", Other: "OtherEntity" };
const capital = (word) => word[0].toUpperCase() + word.slice(1);

// Where in a document an event is told: the IRI of the mention in graph.ttl.
function mentionIri(item) {
  const { at, document } = DATA.sentences[item.sentence];
  const trigger = (item.parts || []).filter((part) => part[2] === "trigger");
  if (at === undefined || !trigger.length) return null;
  return `<${encodeIri(DATA.documents[document].id)}#char=${at + trigger[0][0]},${at + trigger.at(-1)[1]}>`;
}

function block(subject, pairs) {
  const kept = pairs.filter(([, objects]) => objects.length).map(([predicate, objects]) => `${predicate} ${[...new Set(objects)].sort().join(" , ")}`);
  return `${subject} ${kept.join(" ;\n\t")} .`;
}

function turtleText({ nodes, events, relations }) {
  const stated = new Map(nodes.map((node) => [node, []]));
  for (const i of relations) {
    // a relation to a value ("26") stands in graph.ttl as a node of its own, whose name the page does not know
    const { subject, property, object } = DATA.relations[i];
    if (stated.has(subject) && object !== undefined) stated.get(subject).push([`kg:${property}`, [iri(record(object).id)]]);
  }
  const entity = (node) => {
    const { id, type, label, aliases, links } = DATA.entities[node];
    return block(iri(id), [["a", [className(ENTITY_CLASSES[type] || type)]], ["rdfs:label", [literal(label)]], ["skos:prefLabel", [literal(label)]], ["skos:altLabel", (aliases || []).map((alias) => literal(alias))], ["skos:exactMatch", (links || []).map(iri)], ...stated.get(node)]);
  };
  const event = (i) => {
    const { id, type, label, predicate, status, time, participants, attributed, evidence } = DATA.events[i];
    const day = (iso) => (iso ? [literal(iso, "^^xsd:date")] : []);
    const filled = (role) => (participants || []).filter((part) => part.role === role && part.node !== undefined).map((part) => iri(record(part.node).id));
    return block(iri(id), [
      ["a", [className(type)]], ["rdfs:label", [literal(label, "@en")]], ["sem:hasBeginTimeStamp", day(time && time.start)], ["sem:hasEndTimeStamp", day(time && time.end)],
      ...RELATION_ROLES.map((role) => [`kg:${role}`, filled(role)]),
      ["kg:attributedTo", (attributed || []).filter((source) => source.node !== undefined).map((source) => iri(record(source.node).id))],
      ["kg:denotedBy", (evidence || []).map(mentionIri).filter(Boolean)], ["kg:predicate", [literal(predicate)]], ["kg:status", [`kg:${capital(status)}`]],
    ]);
  };
  const head = Object.entries(PREFIXES).map(([prefix, base]) => `@prefix ${prefix}: <${base}> .`);
  return `${[...head, "", ...nodes.map(entity), ...events.map(event)].join("\n")}\n`;
}
