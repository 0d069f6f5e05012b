// From SPARQL results to elements. Whatever comes from the graph reaches the page as text, never as markup.

const NUMBER = /(integer|decimal|double|float|Integer|int|long)$/;
const ALLOWED_IRI = /^[a-zA-Z][a-zA-Z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*$/;
let prefixes = [];

export function setPrefixes(known) {
  prefixes = Object.entries(known).sort((a, b) => b[1].length - a[1].length);
}

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function isIri(text) {
  return ALLOWED_IRI.test(text);
}

// "kg:Strike" for the address that stands for it, where there is a prefix; else the address.
export function shorten(iri) {
  for (const [prefix, base] of prefixes) {
    const local = iri.startsWith(base) ? iri.slice(base.length) : "";
    if (/^[\p{L}\p{N}_][\p{L}\p{N}_-]*$/u.test(local)) return `${prefix}:${local}`;
  }
  return iri;
}

export function nodeLink(iri, label = "") {
  const link = element("a", { href: `#node=${encodeURIComponent(iri)}`, title: iri }, label || shorten(iri));
  link.dir = "auto";
  return link;
}

function term(value) {
  if (value.type === "uri") return [nodeLink(value.value)];
  if (value.type === "bnode") return [`_:${value.value}`];
  if (value.type === "triple") {
    const { subject, predicate, object } = value.value;
    return ["<<( ", ...term(subject), " ", ...term(predicate), " ", ...term(object), " )>>"];
  }
  const language = value["xml:lang"];
  const text = element("bdi", {}, value.value);
  return language && language !== "en" ? [text, " ", element("span", { class: "language" }, `@${language}`)] : [text];
}

function cell(value) {
  if (!value) return element("td", { class: "none", "aria-label": "no value" }, "–");
  return element("td", { class: kindOf(value) }, ...term(value));
}

// How wide a cell should be: a sentence is read, an address is only recognised.
function kindOf(value) {
  if (NUMBER.test(value.datatype ?? "")) return "number";
  if (/#(date|dateTime|gYear)$/.test(value.datatype ?? "")) return "day";
  if (value.type === "uri" && shorten(value.value).length > 24) return "address";
  return value.value.length > 60 ? "long" : undefined;
}

export function table(variables, bindings) {
  const head = element("tr", {}, ...variables.map((name) => element("th", { scope: "col" }, name.replaceAll("_", " "))));
  const rows = bindings.map((row) => element("tr", {}, ...variables.map((name) => cell(row[name]))));
  return element("table", {}, element("thead", {}, head), element("tbody", {}, ...rows));
}

// What is said of a node, property by property; `rows` have property, property_name, value and value_name.
export function facts(rows) {
  const byProperty = new Map();
  for (const row of rows) {
    const key = row.property.value;
    if (!byProperty.has(key)) byProperty.set(key, { name: row.property_name?.value, values: new Map() });
    byProperty.get(key).values.set(JSON.stringify(row.value), row);
  }
  const body = [...byProperty].map(([property, { name, values }]) => {
    const items = [...values.values()].map((row) => {
      const named = row.value.type === "uri" && row.value_name;
      return element("li", {}, ...(named ? [nodeLink(row.value.value, row.value_name.value)] : term(row.value)));
    });
    const heading = element("th", { scope: "row" }, nodeLink(property, name));
    return element("tr", {}, heading, element("td", {}, element("ul", {}, ...items)));
  });
  return element("table", {}, element("tbody", {}, ...body));
}
