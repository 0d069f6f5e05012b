// When things happen: a histogram with a window; two sliders for the keyboard, dragging for the mouse.

let timelineBars = [];

function setWindow(first, last, push = false) {
  const [a, b] = first <= last ? [first, last] : [last, first];
  state.window = a <= 0 && b >= bins.length - 1 ? null : [bins[Math.max(0, a)].from, bins[Math.min(b, bins.length - 1)].to];
  refresh({ push });
}

function startTimeline() {
  bins = makeBins();
  const box = $("#timeline");
  box.hidden = !bins.length;
  if (!bins.length) return;
  const undated = FACTS.filter((fact) => fact.from === null).length;
  const chart = svg("svg", { viewBox: `0 0 ${bins.length * 10} 52`, preserveAspectRatio: "none", role: "img", "aria-label": "Events over time" });
  const shade = svg("rect", { class: "window", y: 0, height: 52 });
  timelineBars = bins.map((_, i) => svg("rect", { x: i * 10 + 1, width: 8, rx: 0.8 }));
  chart.append(shade, ...timelineBars);
  const slider = (cls, label) => el("input", { type: "range", cls, min: 0, max: bins.length - 1, step: 1, "aria-label": label });
  const first = slider("first", "First day shown");
  const last = slider("last", "Last day shown");
  first.addEventListener("input", () => setWindow(Math.min(+first.value, +last.value), +last.value));
  last.addEventListener("input", () => setWindow(+first.value, Math.max(+first.value, +last.value)));
  for (const end of [first, last]) end.addEventListener("change", () => refresh({ push: true }));
  const check = el("input", { type: "checkbox", id: "undated" });
  check.checked = state.undated;
  check.addEventListener("change", () => { state.undated = check.checked; refresh({ push: true }); });
  box.replaceChildren(
    el("div", { cls: "chart" }, chart, first, last, el("div", { cls: "axis", "aria-hidden": "true" }, el("span", {}, binLabel(0)), bins.length > 1 ? el("span", {}, binLabel(bins.length - 1)) : null)),
    el("div", { cls: "side" }, el("b", { id: "window-text" }), undated ? el("label", {}, check, `${plural(undated, "event")} without a date`) : null, button("Show all days", () => setWindow(0, bins.length - 1, true), { id: "all-days" })));
  dragWindow(chart);
}

// Drag on the bars to choose days; drag inside a chosen window to move it.
function dragWindow(chart) {
  let start = null;
  const binAt = (event) => {
    const frame = chart.getBoundingClientRect();
    return Math.max(0, Math.min(bins.length - 1, Math.floor(((event.clientX - frame.left) / frame.width) * bins.length)));
  };
  chart.addEventListener("pointerdown", (event) => {
    const at = binAt(event);
    const [a, b] = windowBins();
    start = { at, move: state.window && at >= a && at <= b ? [a, b] : null };
    chart.setPointerCapture(event.pointerId);
    if (!start.move) setWindow(at, at);
  });
  chart.addEventListener("pointermove", (event) => {
    if (!start) return;
    const at = binAt(event);
    if (!start.move) return setWindow(start.at, at);
    const [a, b] = start.move;
    const by = Math.max(-a, Math.min(bins.length - 1 - b, at - start.at));
    return setWindow(a + by, b + by);
  });
  for (const end of ["pointerup", "pointercancel"]) chart.addEventListener(end, () => { if (start) { start = null; refresh({ push: true }); } });
}

function drawTimeline() {
  if (!bins.length) return;
  const counts = binCounts();
  const most = Math.max(1, ...counts);
  const [a, b] = windowBins();
  counts.forEach((count, i) => {
    const height = count ? Math.max(3, (46 * count) / most) : 0;
    timelineBars[i].setAttribute("y", 52 - height);
    timelineBars[i].setAttribute("height", height);
    const far = (i === 0 && bins[i].before) || (i === bins.length - 1 && bins[i].after);
    timelineBars[i].setAttribute("class", `${i >= a && i <= b ? "bar-in" : "bar-out"}${far ? " far" : ""}`);
    timelineBars[i].replaceChildren(svg("title", {}, `${binLabel(i)}: ${plural(count, "event")}`));
  });
  const shade = $("#timeline .window");
  shade.setAttribute("x", a * 10);
  shade.setAttribute("width", state.window ? (b - a + 1) * 10 : 0);
  $("#timeline .first").value = a;
  $("#timeline .last").value = b;
  $("#timeline .first").setAttribute("aria-valuetext", binLabel(a));
  $("#timeline .last").setAttribute("aria-valuetext", binLabel(b));
  $("#window-text").textContent = windowLabel();
  $("#all-days").hidden = !state.window;
  if ($("#undated")) $("#undated").checked = state.undated;
}
