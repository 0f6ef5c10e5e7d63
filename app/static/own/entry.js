// Keys for the fast entry screen: a letter or digit answers the row and goes on to the next. The page works without it.
(() => {
  "use strict";
  const form = document.querySelector("[data-entry]");
  const rows = form ? [...form.querySelectorAll("[data-row]")] : [];
  if (!rows.length) return;
  const legend = form.querySelector("[data-keys]");
  const goTo = form.querySelector("[data-go]");
  const same = { 1: "a", 2: "d", 3: "p" };
  legend.hidden = false;

  const mark = (row) => {
    for (const one of rows) one.toggleAttribute("data-current", one === row);
  };
  const enter = (row) => {
    if (!row) return form.querySelector("button:not([type])").focus();
    mark(row);
    (row.querySelector("input[type=radio]:checked") || row.querySelector("input[type=radio]")).focus();
    row.scrollIntoView({ block: "center" });
  };
  form.addEventListener("focusin", (event) => mark(event.target.closest("[data-row]")));
  form.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target === goTo) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const wanted = rows.find((row) => row.dataset.row === goTo.value.trim());
      goTo.setAttribute("aria-invalid", String(!wanted));
      if (wanted) { goTo.value = ""; enter(wanted); }
      return;
    }
    const row = event.target.closest("[data-row]");
    if (!row) return;
    const key = event.key.toLowerCase();
    if (key === "g") { event.preventDefault(); goTo.focus(); return; }
    if (key === "enter") { event.preventDefault(); enter(rows[rows.indexOf(row) + 1]); return; }
    const box = row.querySelector(`[data-key="${same[key] || key}"]`);
    if (!box) return;
    event.preventDefault();
    if (box.type === "checkbox") box.checked = !box.checked;
    else { box.checked = true; enter(rows[rows.indexOf(row) + 1]); }
  });
})();
