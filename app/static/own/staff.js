// Keys for the moderation desk: A shows to everyone, R then 1-6 gives a reason, N or J next, K previous, U undoes,
// S splits or rewords, O asks for a second opinion, W passes a worry on.
// Everything works without this file. Keys are off while somebody types, and can be switched off.
(() => {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const legend = desk.querySelector("[data-keys]");
  const item = desk.querySelector("article[data-item]");
  const store = "folkmoot-keys-off";
  let on = true;
  try { on = localStorage.getItem(store) !== "1"; } catch { /* storage is not allowed: keys stay on */ }

  const press = (root, key) => {
    const target = root && root.querySelector(`[data-key="${key}"]`);
    if (target) target.click();
  };
  const handle = (key) => {
    const part = item && item.querySelector(`details[data-open="${key}"]`);
    if (part) {
      part.open = true;
      part.querySelector("button, select, textarea, a").focus();
    } else if (/^[1-9]$/.test(key)) {
      const reasons = item && item.querySelector('details[data-open="r"][open]');
      if (reasons) press(reasons, key);
    } else if (/^[a-z]$/.test(key)) press(document, key === "j" ? "n" : key);
  };
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    handle(event.key.toLowerCase());
  });

  // The words take the focus, so that a screen reader reads where they come from and what they say.
  const bad = document.querySelector(".nhsuk-error-summary");
  if (bad) bad.focus();
  else if (item && on) item.focus({ preventScroll: true });

  // Others are told for two minutes that somebody is looking at these words.
  const look = desk.querySelector("form[data-look]");
  if (look) {
    fetch(look.action, { method: "POST", body: new FormData(look), redirect: "manual" }).catch(() => {});
    look.hidden = true;
  }

  const part = desk.querySelector("[data-keys-switch]");
  if (legend && part) {
    const button = part.querySelector("button");
    const show = () => { legend.hidden = !on; button.textContent = on ? button.dataset.off : button.dataset.on; };
    part.hidden = false;
    show();
    button.addEventListener("click", () => {
      on = !on;
      show();
      try { localStorage.setItem(store, on ? "0" : "1"); } catch { /* only until the next page, then */ }
    });
  }
})();
