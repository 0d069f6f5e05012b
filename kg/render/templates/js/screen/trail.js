// Back and forward: the addresses that were seen. The page keeps its own list, for a frame may have no history.

const trail = { list: [""], at: 0 };

function writeAddress() {
  const now = address();
  if (now === trail.list[trail.at]) return;
  trail.list = [...trail.list.slice(0, trail.at + 1), now];
  trail.at += 1;
  drawTrail();
  try { location.hash = now; } catch { /* a sandboxed frame has no address of its own */ }
}

function drawTrail() {
  $("#back").disabled = trail.at === 0;
  $("#forward").disabled = trail.at === trail.list.length - 1;
}

function readAddress(text) {
  takeAddress(text);
  $("#table").hidden = state.mode !== "table";
  select(state.selected, { push: false });
  if (near && state.mode !== "table") fitNodes(near);
}

function travel(by) {
  const at = trail.at + by;
  if (at < 0 || at >= trail.list.length) return;
  trail.at = at;
  drawTrail();
  readAddress(trail.list[at]);
  try { location.hash = trail.list[at]; } catch { /* as above */ }
}

function followAddress() {
  const text = location.hash.slice(1);
  if (text === trail.list[trail.at]) return;
  if (text === trail.list[trail.at - 1]) trail.at -= 1;
  else if (text === trail.list[trail.at + 1]) trail.at += 1;
  else { trail.list = [...trail.list.slice(0, trail.at + 1), text]; trail.at += 1; }
  drawTrail();
  readAddress(text);
}

function startTrail() {
  $("#back").addEventListener("click", () => travel(-1));
  $("#forward").addEventListener("click", () => travel(1));
  addEventListener("hashchange", followAddress);
  const given = location.hash.slice(1);
  trail.list = [given];
  readAddress(given);
}
