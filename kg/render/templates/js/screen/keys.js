// Everything by keyboard. Keys do nothing while somebody writes.

const nodeHere = () => (state.selected && state.selected.kind === "node" && !isEvent(state.selected.node) ? state.selected.node : null);

const KEYS = {
  "/": () => { $("#query").focus(); $("#query").select(); },
  "?": () => $("#help").showModal(),
  f: () => fitAll(),
  "+": () => zoomBy(1.3),
  "-": () => zoomBy(1 / 1.3),
  1: () => setMode("actors"),
  2: () => setMode("events"),
  3: () => setMode("table"),
  "[": () => travel(-1),
  "]": () => travel(1),
  g: () => { if (state.mode === "actors" && DATA.communities.length > 1) setGrouped(!state.grouped); },
  h: () => { if (state.selected) setHops((state.hops % 3) + 1); },
  p: () => { if (nodeHere() !== null) startPath(nodeHere()); },
  e: () => $("#panel").focus(),
  s: () => $("#export-open").click(),
  Escape: () => (state.pathFrom !== null ? startPath(state.pathFrom) : select(null)),
};
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("#help").open) return;
  if (!(event.target instanceof Element) || event.target.closest("input:not([type=checkbox]), select, textarea")) return;
  const onNet = event.target.closest("#net");
  if (ARROWS[event.key] && onNet) {
    event.preventDefault();
    step(...ARROWS[event.key]);
  } else if (event.key === "Enter" && onNet && state.selected) {
    event.preventDefault();
    if (state.selected.kind === "group") toggleGroup(state.selected.group);
    else $("#panel").focus();
  } else if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
}
