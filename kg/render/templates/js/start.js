// The data comes with the page, as JSON in a script element that no browser runs.

const $ = (selector) => document.querySelector(selector);
const DATA = JSON.parse($("#data").textContent);
