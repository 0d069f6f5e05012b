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

start();
