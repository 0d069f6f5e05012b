// Choosing: what is selected, in which view, with which neighbours.

function refresh({ push = false } = {}) {
  shown = visible();
  near = neighbourhood();
  const ranked = [...shown.nodes].filter((node) => !isEvent(node)).map((node) => shown.strength.get(node) || 0).sort((a, b) => b - a);
  strongFrom = Math.max(3, ranked[Math.min(9, ranked.length - 1)] ?? Infinity);
  syncNetwork();
  drawLegend();
  drawTimeline();
  drawNotice();
  drawEmpty();
  drawTable();
  for (const item of document.querySelectorAll(".bar [data-mode]")) item.setAttribute("aria-pressed", String(item.dataset.mode === state.mode));
  if (push) writeAddress();
}

// What stays bright around the selection; null: everything.
function neighbourhood() {
  const picked = state.selected;
  if (!picked) return null;
  const here = (nodes) => new Set(nodes.map((node) => (isGrouped() && !isGroup(node) && !isEvent(node) && !shown.nodes.has(node) ? standIn(node) : node)));
  if (picked.kind === "pair" || picked.kind === "bundle") return here([picked.source, picked.target]);
  if (picked.kind === "relation") return here([DATA.relations[picked.relation].subject, DATA.relations[picked.relation].object].filter((node) => node !== undefined));
  if (picked.kind === "path") return here(pathBetween(picked.from, picked.to) || [picked.from, picked.to]);
  if (picked.kind === "group") return isGrouped() ? within(shown.edges, [...here([...DATA.communities[picked.group].members])][0], state.open.has(picked.group) ? 0 : state.hops) : new Set(DATA.communities[picked.group].members);
  if (picked.kind !== "node") return null;
  const [node] = here([picked.node]);
  if (!shown.nodes.has(node)) return null;
  // in the events view two entities stand two steps apart, with the event between them
  return within(shown.edges, node, state.hops * (state.mode === "events" && !isEvent(node) ? 2 : 1));
}

function setMode(mode) {
  state.mode = mode;
  $("#table").hidden = mode !== "table";
  refresh({ push: true });
  drawPanel();
}

function setHops(hops) {
  state.hops = hops;
  refresh({ push: true });
  drawPanel();
  if (near) fitNodes(near);
  announce(`${plural(near ? near.size : 0, "thing")} within ${plural(hops, "step")}`);
}

// Communities in place of their members, or every actor by itself.
function setGrouped(grouped) {
  state.grouped = grouped;
  state.open.clear();
  state.most = 0;
  refresh({ push: true });
  drawPanel();
  fitAll(false);
  announce(grouped ? "Communities are drawn in place of their members" : "Every actor is drawn by itself");
}

function setOpen(groups, { focus = null } = {}) {
  state.open = new Set(groups);
  refresh({ push: true });
  drawPanel();
  if (focus !== null) fitNodes(DATA.communities[focus].members.filter((node) => shown.nodes.has(node)));
  else fitAll(false);
}

function toggleGroup(group) {
  const opened = !state.open.has(group);
  const groups = new Set(state.open);
  if (opened) groups.add(group); else groups.delete(group);
  if (!state.grouped || state.mode !== "actors") { state.grouped = true; state.mode = "actors"; $("#table").hidden = true; }
  setOpen(groups, { focus: opened ? group : null });
  announce(`${DATA.communities[group].name} ${opened ? "opened" : "closed"}`);
}

function select(picked, { push = true } = {}) {
  state.selected = picked && picked.kind === "node" && isGroup(picked.node) ? { kind: "group", group: -1 - picked.node } : picked;
  const now = state.selected;
  if (!now || now.kind !== "node" || now.node !== state.pathFrom) state.pathFrom = null;
  if (!now) state.hops = 1;
  refresh({ push });
  drawPanel();
  if (network) {
    const node = now && (now.kind === "node" ? now.node : now.kind === "group" ? groupNode(now.group) : null);
    network.selectNodes(now && node !== null && nodeSet.get(node) !== null ? [node] : [], false);
  }
  if (!now) return;
  announce(now.kind === "node" ? `${nameOf(now.node)} selected` : $("#panel-body").textContent.slice(0, 120));
  if (push) openSheet("half");
}

function startPath(node) {
  state.pathFrom = state.pathFrom === node ? null : node;
  drawPanel();
  drawNotice();
  if (state.pathFrom === null) return;
  openSheet("peek");
  announce("Click or search the other end of the path");
}

function showPath(from, to) {
  if (state.mode !== "actors") setMode("actors");
  const path = pathBetween(from, to) || [from, to];
  path.forEach((node) => { state.extra.add(node); if (COMMUNITY[node] !== null) state.open.add(COMMUNITY[node]); });
  select({ kind: "path", from, to });
  if (near) fitNodes(near);
}

// Show a node wherever it is: bring it into the picture if it was left out or filtered away, say so, and look at it.
function goTo(node) {
  if (state.pathFrom !== null && !isEvent(node) && !isGroup(node) && node !== state.pathFrom) {
    showPath(state.pathFrom, node);
    return;
  }
  const back = reveal(node);
  state.extra.add(node);
  if (state.mode === "actors" && isEvent(node)) state.mode = "events";
  if (isGrouped() && !isGroup(node) && COMMUNITY[node] !== null) state.open.add(COMMUNITY[node]);
  select({ kind: "node", node });
  if (state.mode !== "table" && near) fitNodes(near);
  if (back.length) say(`Shown again, because ${nameOf(node)} was hidden: ${back.join(", ")}.`);
}

// A message that everybody gets, for a while.
let saying = null;
function say(text) {
  announce(text);
  $("#toast").textContent = text;
  $("#toast").hidden = false;
  clearTimeout(saying);
  saying = setTimeout(() => { $("#toast").hidden = true; }, 6000);
}
