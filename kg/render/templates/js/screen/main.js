// The start of everything.

function start() {
  startNetwork();
  startLegend();
  startTimeline();
  startTable();
  startSearch();
  startExport();
  startSheet();
  document.querySelectorAll(".bar [data-mode]").forEach((item) => item.addEventListener("click", () => setMode(item.dataset.mode)));
  $("#help-open").addEventListener("click", () => $("#help").showModal());
  $("#fit").addEventListener("click", () => fitAll());
  $("#zoom-in").addEventListener("click", () => zoomBy(1.3));
  $("#zoom-out").addEventListener("click", () => zoomBy(1 / 1.3));
  $("#grouped").addEventListener("click", () => setGrouped(!state.grouped));
  document.addEventListener("keydown", onKey);
  $("#loading").hidden = true;
  startTrail();
}

try {
  start();
} catch (error) {
  // never a blank page: what failed, and where the same content stands
  $("#loading").hidden = false;
  $("#loading").textContent = `The graph could not be drawn (${error.message}). The same content is in report.md and in the tables beside this file.`;
  throw error;
}
