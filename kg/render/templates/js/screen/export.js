// What can be taken along: the picture, and the data of what is selected or drawn.

const FILES = {
  csv: { name: "events.csv", type: "text/csv;charset=utf-8", make: selectionCsv },
  json: { name: "graph.json", type: "application/json", make: jsonText },
  graphml: { name: "graph.graphml", type: "application/graphml+xml", make: graphmlText },
  turtle: { name: "graph.ttl", type: "text/turtle", make: turtleText },
};

function saveData(kind) {
  const { name, type, make } = FILES[kind];
  download(name, new Blob([make(chosen())], { type }));
  announce(`${name} saved`);
}

// The picture as it stands, drawn anew with so many dots a pixel.
function savePicture(times) {
  if (state.mode === "table") { state.mode = "actors"; $("#table").hidden = true; refresh(); }
  const { canvas, renderer } = network;
  const own = canvas.frame.canvas;
  const [width, height, ratio] = [own.width, own.height, canvas.pixelRatio];
  canvas.pixelRatio = times;
  own.width = Math.round(own.clientWidth * times);
  own.height = Math.round(own.clientHeight * times);
  renderer._redraw();
  const copy = el("canvas", { width: own.width, height: own.height });
  const context = copy.getContext("2d");
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, copy.width, copy.height);
  context.drawImage(own, 0, 0);
  Object.assign(canvas, { pixelRatio: ratio });
  own.width = width;
  own.height = height;
  renderer._redraw();
  copy.toBlob((blob) => download("graph.png", blob), "image/png");
  announce("graph.png saved");
}

function drawExport() {
  const { nodes, events, relations } = chosen();
  $("#export-what").textContent = `${near && state.mode !== "table" ? "What is selected" : state.mode === "table" ? "All that the filters leave" : "What is drawn"}: ${count(nodes.length)} entities, ${plural(events.length, "event")}, ${plural(relations.length, "relation")}`;
}

function startExport() {
  const menu = $("#export");
  const open = (show) => {
    menu.hidden = !show;
    $("#export-open").setAttribute("aria-expanded", String(show));
    if (!show) return;
    drawExport();
    menu.querySelector("button").focus();
  };
  $("#export-open").addEventListener("click", () => open(menu.hidden));
  menu.addEventListener("keydown", (event) => {
    const items = [...menu.querySelectorAll("button")];
    const at = items.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) { event.preventDefault(); event.stopPropagation(); items[(at + step + items.length) % items.length].focus(); }
    if (event.key === "Escape") { event.stopPropagation(); open(false); $("#export-open").focus(); }
  });
  document.addEventListener("pointerdown", (event) => { if (!menu.hidden && !menu.contains(event.target) && !$("#export-open").contains(event.target)) open(false); });
  menu.querySelectorAll("[data-file]").forEach((item) => item.addEventListener("click", () => { open(false); saveData(item.dataset.file); }));
  menu.querySelectorAll("[data-times]").forEach((item) => item.addEventListener("click", () => { open(false); savePicture(+item.dataset.times); }));
}
