// Small helpers. Text enters the page through text nodes and attributes only, never as markup.

const $ = (selector) => document.querySelector(selector);

function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [type, action] of Object.entries(value)) node.addEventListener(type, action);
    else node.setAttribute(name === "cls" ? "class" : name, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

const button = (label, action, attributes = {}) => el("button", { type: "button", on: { click: action }, ...attributes }, label);

// Offsets count characters; JavaScript's own strings count UTF-16 units, which differ beyond the first plane.
function slice(text, start, end) {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
}

const fold = (text) => text.normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "").toLowerCase().replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim();

// For the canvas, which knows no isolation of right-to-left text: leave direction marks and controls out.
const plain = (text) => text.replace(/[\p{Cf}\p{Cc}]/gu, "");

function shorten(text, most) {
  const letters = Array.from(text);
  return letters.length > most ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : text;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY = 86400000;
const dayNumber = (iso) => Math.round(Date.parse(`${iso}T00:00:00Z`) / DAY);
const isoDay = (number) => new Date(number * DAY).toISOString().slice(0, 10);

function showDay(iso, withYear = true) {
  const [year, month, day] = iso.split("-").map(Number);
  return `${day} ${MONTHS[month - 1]}${withYear ? ` ${year}` : ""}`;
}

function showTime(time) {
  if (!time) return "";
  if (!time.start) return time.text;
  if (!time.end || time.end === time.start) return showDay(time.start);
  return `${showDay(time.start, time.start.slice(0, 4) !== time.end.slice(0, 4))} – ${showDay(time.end)}`;
}

const plural = (n, word) => `${n.toLocaleString("en")} ${word}${n === 1 ? "" : "s"}`;

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

function download(name, blob) {
  const url = URL.createObjectURL(blob);
  const anchor = el("a", { href: url, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

function announce(text) {
  $("#notice-text").textContent = text;
}
