// The query page: the questions, the query and its parameters, and what the endpoint answers.
// The address holds the state: #name=…&bind=…, #query=…&bind=…, or #node=IRI. Going back goes back.

import { element, facts, isIri, setPrefixes, shorten, table } from "/results.js";

const JSON_TYPE = "application/sparql-results+json";
const TABLES = { CSV: "text/csv", TSV: "text/tab-separated-values", JSON: JSON_TYPE, XML: "application/sparql-results+xml" };
const GRAPHS = { Turtle: "text/turtle", "N-Triples": "application/n-triples", "JSON-LD": "application/ld+json" };
const ENDINGS = { CSV: "csv", TSV: "tsv", JSON: "srj", XML: "srx", Turtle: "ttl", "N-Triples": "nt", "JSON-LD": "jsonld" };
const FIRST = "SELECT ?label ?what ?status WHERE {\n  ?event kg:status/rdfs:label ?status ; rdfs:label ?label ; a/rdfs:label ?what .\n}\nLIMIT 50";
const NODE_ROWS = 500;

const $ = (id) => document.getElementById(id);
let setup = { queries: [] };
let chosen = null; // the named question whose parameters are shown
let running = null; // AbortController of the request on its way

// ---------------------------------------------------------------- asking

async function ask(query, bind, accept, signal) {
  const body = new URLSearchParams([["query", query], ...Object.entries(bind).map(([name, value]) => ["bind", `${name}=${value}`])]);
  const response = await fetch("/sparql", { method: "POST", headers: { Accept: accept }, body, signal });
  if (!response.ok) throw new Error((await response.text()).trim());
  return response;
}

async function run() {
  const query = $("query").value;
  const bind = bound();
  const own = begin();
  const started = performance.now();
  try {
    const response = await ask(query, bind, `${JSON_TYPE}, text/turtle;q=0.9`, own.signal);
    const text = await response.text();
    show(response, text, (performance.now() - started) / 1000, query, bind);
  } catch (error) {
    if (error.name !== "AbortError") complain(error);
  } finally {
    end(own);
  }
}

function begin() {
  running?.abort();
  running = new AbortController();
  $("error").hidden = $("result").hidden = $("node").hidden = true;
  $("run").disabled = true;
  $("stop").hidden = false;
  return running;
}

function end(own) {
  if (own !== running) return; // a later request is on its way
  $("run").disabled = false;
  $("stop").hidden = true;
}

function complain(error) {
  const gone = error instanceof TypeError;
  $("error").textContent = gone ? "The server does not answer: is kg serve still running?" : error.message;
  $("error").hidden = false;
}

// --------------------------------------------------------------- showing

function show(response, text, seconds, query, bind) {
  const isTable = response.headers.get("Content-Type").startsWith(JSON_TYPE);
  const answer = isTable ? JSON.parse(text) : null;
  const took = `in ${seconds < 10 ? seconds.toFixed(2) : Math.round(seconds)} s`;
  if (!isTable) {
    $("rows").replaceChildren(element("textarea", { readonly: "", rows: "20", "aria-label": "Turtle" }, text));
    $("status").textContent = `Triples as Turtle, ${took}`;
  } else if (answer.boolean !== undefined) {
    $("rows").replaceChildren();
    $("status").textContent = `${answer.boolean ? "Yes" : "No"}, ${took}`;
  } else {
    const rows = answer.results.bindings;
    $("rows").replaceChildren(rows.length ? table(answer.head.vars, rows) : "");
    $("status").textContent = `${rows.length.toLocaleString("en")} row${rows.length === 1 ? "" : "s"}, ${took}`;
  }
  $("rows").hidden = !$("rows").hasChildNodes() || !$("rows").textContent;
  const notes = [response.headers.get("KG-Cut"), decodeURIComponent(response.headers.get("KG-Warning") ?? "")].filter(Boolean);
  $("warning").textContent = notes.join("; ");
  $("warning").hidden = !notes.length;
  offer(isTable ? TABLES : GRAPHS, query, bind);
  $("result").hidden = false;
}

function offer(formats, query, bind) {
  const buttons = Object.entries(formats).map(([name, type]) => {
    const button = element("button", { type: "button", title: `Download as ${name}` }, name);
    button.addEventListener("click", () => download(name, type, query, bind).catch(complain));
    return button;
  });
  $("downloads").replaceChildren(...buttons);
}

async function download(name, type, query, bind) {
  const response = await ask(query, bind, type);
  const address = URL.createObjectURL(await response.blob());
  element("a", { href: address, download: `answer.${ENDINGS[name]}` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

// -------------------------------------------------------------- one node

async function describe(iri) {
  const own = begin();
  try {
    if (!isIri(iri)) throw new Error(`${iri} is no IRI`);
    const names = "OPTIONAL { ?property rdfs:label ?property_name } OPTIONAL { ?value rdfs:label|oa:exact|kg:sentence ?value_name }";
    const said = (pattern) => `SELECT ?property ?property_name ?value ?value_name { ${pattern} ${names} } ORDER BY ?property_name ?property ?value LIMIT ${NODE_ROWS}`;
    const answers = [`<${iri}> ?property ?value .`, `?value ?property <${iri}> .`].map(async (pattern) => {
      const response = await ask(said(pattern), {}, JSON_TYPE, own.signal);
      return (await response.json()).results.bindings;
    });
    showNode(iri, ...(await Promise.all(answers)));
  } catch (error) {
    if (error.name !== "AbortError") complain(error);
  } finally {
    end(own);
  }
}

function showNode(iri, out, into) {
  const label = out.find((row) => shorten(row.property.value) === "rdfs:label")?.value.value;
  const title = element("h2", { id: "node-title", tabindex: "-1" }, element("bdi", {}, label ?? shorten(iri)));
  const parts = [title, element("p", { class: "iri" }, iri)];
  for (const [heading, rows] of [["What is said of it", out], ["Where it occurs", into]]) {
    if (!rows.length) continue;
    parts.push(element("h3", {}, heading), element("div", { class: "rows" }, facts(rows)));
    if (rows.length >= NODE_ROWS) parts.push(element("p", { class: "note" }, `only the first ${NODE_ROWS} facts`));
  }
  if (parts.length === 2) parts.push(element("p", {}, "The graph says nothing of it."));
  $("node").replaceChildren(...parts);
  $("node").hidden = false;
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: "nearest" });
}

// ---------------------------------------------------------- the questions

function listQuestions() {
  const wanted = $("filter").value.trim().toLowerCase();
  const fits = (query) => `${query.name} ${query.title} ${query.description}`.toLowerCase().includes(wanted);
  const items = setup.queries.filter(fits).map((query) => {
    const button = element("button", { type: "button", title: query.description, "aria-current": String(query === chosen) }, query.title);
    button.addEventListener("click", () => go({ name: query.name }));
    return element("li", {}, button);
  });
  $("questions").replaceChildren(...(items.length ? items : [element("li", { class: "muted" }, "none with these words")]));
}

function choose(query, bind = {}) {
  chosen = query;
  $("about").hidden = !query;
  $("title").textContent = query?.title ?? "";
  $("description").textContent = query?.description ?? "";
  const known = query?.parameters ?? [];
  const others = Object.keys(bind).filter((name) => !known.some((parameter) => parameter.name === name));
  const fields = [...known, ...others.map((name) => ({ name, is: "a variable" }))].map(({ name, is }) => {
    const input = element("input", { name, value: bind[name] ?? "", placeholder: "any", autocomplete: "off" });
    return element("label", {}, element("span", {}, is, " ", element("span", { class: "muted" }, `?${name}`)), input);
  });
  $("parameters").replaceChildren(...fields);
  listQuestions();
}

function bound() {
  const fields = [...$("parameters").querySelectorAll("input")].map((input) => [input.name, input.value.trim()]);
  return Object.fromEntries(fields.filter(([, value]) => value));
}

// ------------------------------------------------------------ the address

function addressOf({ name, query, bind = {}, node }) {
  const fields = node ? [["node", node]] : name ? [["name", name]] : [["query", query]];
  for (const [variable, value] of Object.entries(bind)) fields.push(["bind", `${variable}=${value}`]);
  return `#${fields.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join("&")}`;
}

function go(state) {
  const address = addressOf(state);
  if (address === location.hash) follow();
  else location.hash = address;
}

// Put what the address says on the page, and run it.
function follow() {
  const fields = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
  const bind = Object.fromEntries(fields.getAll("bind").map((pair) => pair.split(/=(.*)/s).slice(0, 2)));
  if (fields.has("node")) {
    $("query").value ||= FIRST;
    describe(fields.get("node"));
    return;
  }
  const named = setup.queries.find((query) => query.name === fields.get("name"));
  if (!named && !fields.has("query")) {
    running?.abort();
    choose(null);
    $("query").value = FIRST;
    $("error").hidden = $("result").hidden = $("node").hidden = true;
    return;
  }
  const text = named ? named.text : fields.get("query");
  choose(named ?? null, bind);
  $("query").value = text;
  run();
}

function submit() {
  const query = $("query").value;
  const bind = bound();
  go(chosen && query === chosen.text ? { name: chosen.name, bind } : { query, bind });
}

$("form").addEventListener("submit", (event) => {
  event.preventDefault();
  submit();
});
$("form").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    submit();
  }
});
$("stop").addEventListener("click", () => running?.abort());
$("filter").addEventListener("input", listQuestions);
window.addEventListener("hashchange", follow);

try {
  setup = await (await fetch("/setup.json")).json();
  setPrefixes(setup.prefixes);
  const rows = setup.limit ? `${setup.limit.toLocaleString("en")} rows and ` : "";
  $("limits").textContent = `At most ${rows}${setup.timeout} s.${setup.infer ? " What follows by the ontology is asked too." : ""}`;
  listQuestions();
  follow();
} catch (error) {
  complain(error);
}
