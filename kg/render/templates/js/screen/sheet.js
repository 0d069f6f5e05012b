// On a narrow screen the panel is a sheet that comes up from below: a peek, half of the screen, or all of it.

const SHEET = ["peek", "half", "full"];

function openSheet(size) {
  if (!narrow()) return;
  $("#panel").dataset.sheet = size;
  $("#sheet").setAttribute("aria-expanded", String(size !== "peek"));
  $("#sheet").setAttribute("aria-label", size === "full" ? "Make the evidence smaller" : "Make the evidence larger");
}

function startSheet() {
  const handle = $("#sheet");
  let from = null;
  handle.addEventListener("click", () => {
    if (from !== null && Math.abs(from.moved) > 8) return;
    openSheet({ peek: "half", half: "full", full: "peek" }[$("#panel").dataset.sheet]);
  });
  handle.addEventListener("pointerdown", (event) => { from = { y: event.clientY, moved: 0 }; handle.setPointerCapture(event.pointerId); });
  handle.addEventListener("pointermove", (event) => { if (from) from.moved = event.clientY - from.y; });
  handle.addEventListener("pointerup", () => {
    if (!from || Math.abs(from.moved) <= 8) { from = null; return; }
    const at = SHEET.indexOf($("#panel").dataset.sheet) - Math.sign(from.moved);
    openSheet(SHEET[Math.max(0, Math.min(2, at))]);
    setTimeout(() => { from = null; });
  });
}
