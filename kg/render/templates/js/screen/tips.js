// What the mouse rests on, in a line.

function showTip(text, pointer) {
  const tip = $("#tip");
  tip.textContent = text;
  tip.hidden = false;
  const stage = $("#net").getBoundingClientRect();
  const left = Math.min(pointer.x + 14, stage.width - tip.offsetWidth - 8);
  const below = pointer.y + 18 + tip.offsetHeight < stage.height;
  tip.style.left = `${Math.max(8, left)}px`;
  tip.style.top = `${below ? pointer.y + 18 : pointer.y - tip.offsetHeight - 10}px`;
}

const hideTip = () => { $("#tip").hidden = true; };

function tipOfNode(node) {
  if (isGroup(node)) return `${nameOf(node)} · ${plural(groupOfNode(node).members.length, "actor")}: double-click to open`;
  if (isEvent(node)) {
    const event = eventOf(node);
    return [event.label, event.status === "asserted" ? null : event.status, showTime(event.time)].filter(Boolean).join(" · ");
  }
  const entity = DATA.entities[node];
  return `${entity.label} · ${entity.type.toLowerCase()} · ${plural(entity.events, "event")}`;
}

function tipOfEdge(id) {
  const item = shown.edges.find(({ edge }) => edge.id === id);
  if (!item) return null;
  const names = [item.edge.from, item.edge.to].map((node) => shorten(nameOf(node), 40));
  return `${names[0]} → ${names[1]}: ${edgeLabel(item)}${item.kept ? ` (${plural(item.weight, "report")})` : ""}`;
}
