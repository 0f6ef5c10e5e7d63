// Keys for the moderation desk: J and K move, A shows to everyone, R then 1-6 gives a reason, U undoes.
// Everything works without this file. Keys are off while somebody types, and can be switched off.
(() => {
  "use strict";
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const items = [...desk.querySelectorAll("[data-item]")];
  const legend = desk.querySelector("[data-keys]");
  const store = "folkmoot-keys-off";
  let on = true;
  try { on = sessionStorage.getItem(store) !== "1"; } catch { /* storage is not allowed: keys stay on */ }
  let current = -1;

  const go = (to) => {
    if (!items.length) return;
    if (items[current]) items[current].removeAttribute("data-current");
    current = Math.max(0, Math.min(items.length - 1, to));
    items[current].setAttribute("data-current", "");
    items[current].focus({ preventScroll: true });
    items[current].scrollIntoView({ block: "nearest" });
  };
  const press = (root, key) => {
    const button = root && root.querySelector(`[data-key="${key}"]`);
    if (button) button.click();
    return Boolean(button);
  };
  const handle = (key) => {
    const item = items[Math.max(current, 0)];
    if (key === "j") go(current + 1);
    else if (key === "k") go(current - 1);
    else if (key === "a") press(item, "a");
    else if (key === "u") press(document, "u");
    else if (key === "r" && item) {
      const reasons = item.querySelector("[data-reasons]");
      if (!reasons) return;
      if (current < 0) go(0);
      reasons.open = true;
      reasons.querySelector("button").focus();
    } else if (/^[1-6]$/.test(key) && item) {
      const reasons = item.querySelector("[data-reasons][open]");
      if (reasons) press(reasons, key);
    }
  };
  document.addEventListener("keydown", (event) => {
    if (!on || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    handle(event.key.toLowerCase());
  });
  if (legend) {
    legend.hidden = !on;
    legend.querySelector("[data-keys-off]").addEventListener("click", () => {
      on = false;
      legend.hidden = true;
      try { sessionStorage.setItem(store, "1"); } catch { /* only until the next page, then */ }
    });
  }
})();
