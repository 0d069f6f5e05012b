// Text: folding, cutting, days and numbers. Nothing here knows the page.

// Offsets count characters; JavaScript's own strings count UTF-16 units, which differ beyond the first plane.
function slice(text, start, end) {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(start, end).join("") : text.slice(start, end);
}

const fold = (text) => text.normalize("NFKD").replace(/[\p{Mn}\p{Cf}]/gu, "").toLowerCase().replace(/[‘’]/g, "'").replace(/\s+/g, " ").trim();

// For the canvas, which knows no isolation of right-to-left text: leave direction marks and controls out.
const plain = (text) => text.replace(/[\p{Cf}\p{Cc}]/gu, "");

function shorten(text, most) {
  // a letter has at most a few code units: what lies far beyond is never looked at
  const letters = Array.from(text.slice(0, most * 8));
  return letters.length > most || text.length > most * 8 ? `${letters.slice(0, most - 1).join("").trimEnd()}…` : text;
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

const count = (n) => n.toLocaleString("en");
const plural = (n, word) => `${count(n)} ${word}${n === 1 ? "" : "s"}`;

function tally(values, order) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) || 0) + 1);
  return [...counts].sort((a, b) => (order ? order.indexOf(a[0]) - order.indexOf(b[0]) : b[1] - a[1]) || (a[0] < b[0] ? -1 : 1));
}

// The address of an article with a text fragment (WICG), so that the browser scrolls to the sentence.
function fragmentLink(url, text) {
  if (!url || !/^https?:\/\//i.test(url)) return null;
  const words = text.trim().split(/\s+/);
  const encode = (part) => encodeURIComponent(part.join(" ")).replace(/-/g, "%2D");
  const quote = words.length > 12 ? `${encode(words.slice(0, 5))},${encode(words.slice(-5))}` : encode(words);
  return `${url}${url.includes("#") ? "" : "#"}:~:text=${quote}`;
}
