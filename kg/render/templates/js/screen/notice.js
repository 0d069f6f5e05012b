// What is hidden, and how to show it; and what to say when there is nothing to show.

function drawNotice() {
  const boxes = [];
  const groups = [...shown.nodes].filter(isGroup).length;
  const hidden = isGrouped() ? DATA.communities.length - groups - state.open.size : shown.all - shown.nodes.size;
  const passing = DATA.events.reduce((sum, _, i) => sum + passes(i), 0);
  if (state.mode !== "table" && (hidden > 0 || isGrouped())) {
    const more = (label, most) => button(label, () => { state.most = most; refresh(); fitAll(); });
    const steps = hidden <= 0 ? [] : [hidden > 250 && !isGrouped() ? more("Show 200 more", shown.nodes.size + 200) : null, more("Show all", Infinity)];
    boxes.push(el("span", {}, hiddenText(), steps, isGrouped() ? groupSwitches() : null));
  }
  if (isFiltered()) boxes.push(el("span", {}, `${count(passing)} of ${plural(DATA.events.length, "event")} match.`, button("Clear filters", clearFilters)));
  if (state.pathFrom !== null) boxes.push(el("span", {}, "Now click, or search, where the path shall lead.", button("Leave it", () => startPath(state.pathFrom))));
  $("#notice").replaceChildren(...boxes);
  $("#notice").classList.toggle("low", state.mode === "table");
  drawGroupButton();
}

function hiddenText() {
  if (isGrouped()) {
    const groups = [...shown.nodes].filter(isGroup).length;
    const rest = DATA.communities.length - groups - state.open.size;
    const actors = DATA.communities.reduce((sum, community) => sum + community.members.length, 0);
    const most = rest > 0 ? `${count(groups)} of ${count(DATA.communities.length)} communities are drawn: the largest that are linked to others. ` : `${plural(actors, "actor")} in ${count(DATA.communities.length)} communities. `;
    return `${most}Each circle is a community of actors: click it to see who, double-click to open it.`;
  }
  if (state.mode !== "events") {
    const links = shown.links > shown.edges.length ? ` with their ${count(shown.edges.length)} strongest links` : "";
    return `The ${count(shown.nodes.size)} best connected of ${plural(shown.all, "actor")} are drawn${links}; search or click to see more.`;
  }
  const drawn = [...shown.nodes].filter(isEvent).length;
  return `The ${count(drawn)} most reported of ${plural(DATA.events.length, "event")} are drawn; search or click to see more.`;
}

const groupSwitches = () => [state.open.size ? button("Close all", () => setOpen([])) : null, button("Draw actors", () => setGrouped(false))];

function drawGroupButton() {
  const toggle = $("#grouped");
  toggle.hidden = state.mode !== "actors" || DATA.communities.length < 2;
  toggle.setAttribute("aria-pressed", String(state.grouped));
}

function drawEmpty() {
  const nothing = !DATA.events.length && !DATA.relations.length;
  const none = !shown.nodes.size && state.mode !== "table";
  const empty = $("#empty");
  empty.hidden = !none;
  empty.replaceChildren(...(nothing
    ? [el("b", {}, "Nothing to draw yet"), el("p", {}, DATA.documents.length ? "The articles were read, but no event or relation was found in them." : "No article was read. Build again with articles in the input folder.")]
    : [el("b", {}, "Nothing matches these filters"), button("Clear filters", clearFilters)]));
}
