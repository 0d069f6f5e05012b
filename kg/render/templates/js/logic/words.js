// How the page names and draws what the data model knows.

const BASE = "https://w3id.org/kg/";
const UNCLASSED = "No category";

const SHAPES = {
  Person: "dot", Organization: "square", Group: "triangle", Place: "hexagon", Facility: "triangleDown", Law: "diamond", Product: "diamond",
  Event: "star", Work: "square", Other: "dot",
};
const STATUS_STYLE = {
  asserted: "solid", planned: "dashed", ordered: "dashed", requested: "dashed", possible: "dashed", hypothetical: "dashed", negated: "dotted",
};
const ROLE_NAMES = {
  agent: "who", trigger: "does", patient: "to whom or what", recipient: "for whom", instrument: "with what", topic: "about what", place: "where",
  time: "when", source: "from where", destination: "to where", attribution: "says who", mention: "mentioned", subject: "who", object: "is what",
};
const PROPERTY_NAMES = {
  holdsPosition: "holds the position", positionOf: "holds a position in", citizenOf: "is a citizen of", memberOf: "is a member of", locatedIn: "lies in",
  partOf: "is part of", basedIn: "is based in", familyOf: "is family of", age: "age", bornIn: "was born in",
};
const LINE_NAMES = { attribution: "Who says so (in Events)", described: "Unnamed actors" };

const category = (event) => (event.plover ? event.plover[0].toUpperCase() + event.plover.slice(1).toLowerCase() : UNCLASSED);
const shortId = (id) => (id.startsWith(BASE) ? id.slice(BASE.length) : id);
const roleName = (role) => ROLE_NAMES[role] || role;
const propertyName = (property) => PROPERTY_NAMES[property] || property;
