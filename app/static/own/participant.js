// Better with script, whole without: next statement in place, lengths, drafts, nothing sent twice, later if need be.
(function () {
  "use strict";
  var store = window.sessionStorage, waiting = null, dirty = false;
  function el(id) { return document.getElementById(id); }
  function get(name) { try { return store.getItem(name); } catch (shut) { return null; } }
  function put(name, words) { try { if (words) store.setItem(name, words); else store.removeItem(name); } catch (full) {} }
  function key(box) { return "fm:" + location.pathname + location.search + ":" + box.id; }
  // a draft that was sent goes once the server has answered with a page; somebody who comes back finds it again
  var came = (performance.getEntriesByType("navigation")[0] || {}).type;
  (get("fm-sent") || "").split("\n").forEach(function (name) { if (name && came === "navigate") put(name, ""); });
  put("fm-sent", "");
  function boxes(root) {
    root.querySelectorAll("textarea").forEach(function (box) {
      var limit = Number(box.dataset.limit), line = limit && el(box.id + "-count"), hint = line ? line.textContent : "";
      function show() {
        if (!line) return;
        line.textContent = box.value ? box.value.length + " / " + limit : hint;
        line.classList.toggle("fm-count--over", box.value.length > limit);
      }
      if (!box.value) box.value = get(key(box)) || "";
      box.addEventListener("input", function () { dirty = true; show(); put(key(box), box.value); });
      show();
    });
  }
  function sent(form) {
    form.querySelectorAll("textarea").forEach(function (box) { put("fm-sent", (get("fm-sent") || "") + "\n" + key(box)); });
    dirty = false;
  }
  function offline(is) { var line = el("offline"); if (line) line.hidden = !is; }
  function later(act, seconds) {
    var timer;
    function go() { clearTimeout(timer); window.removeEventListener("online", go); act(); }
    window.addEventListener("online", go);
    if (seconds) timer = setTimeout(go, seconds * 1000);
  }
  function plainly(form, button) {
    // the same form the plain way: its key makes a vote that did arrive count once
    if (button && button.name) {
      var held = document.createElement("input");
      held.type = "hidden"; held.name = button.name; held.value = button.value;
      form.appendChild(held);
    }
    sent(form);
    form.submit();
  }
  function draw(card, html) {
    card.innerHTML = html;
    boxes(card);
    var heading = card.querySelector("h1"), said = el("vote-said");
    if (heading) heading.focus();
    if (said) said.textContent = (card.querySelector(".fm-quiet") || heading || card).textContent.trim();
    if (location.search) history.replaceState(null, "", location.pathname);
  }
  function swap(card, form, button, wait) {
    var body = new URLSearchParams(new FormData(form));
    if (button && button.name) { body.append(button.name, button.value); button.setAttribute("aria-pressed", "true"); }
    waiting = form;
    fetch(form.action, { method: "POST", body: body, headers: { "Folkmoot-Fragment": "1" }, redirect: "manual" })
      .then(function (answer) { return answer.ok ? answer.text() : null; })
      .then(function (html) {
        waiting = null;
        offline(false);
        if (html === null) plainly(form, button); else { sent(form); draw(card, html); }
      }, function () {
        offline(true);
        later(function () { swap(card, form, button, Math.min(30, wait * 2)); }, wait);
      });
  }
  document.addEventListener("click", function (event) {
    // the second press of a double click would land on the next statement: it is no vote
    if (event.detail > 1 && event.target.closest("[data-swap] button")) event.preventDefault();
  });
  document.addEventListener("submit", function (event) {
    var form = event.target, card = form.closest("[data-swap]"), button = event.submitter;
    if (form.dataset.sent || waiting) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(function () { delete form.dataset.sent; }, 4000);
    if (card && window.fetch && /\/vote(\/(more|skip|undo|why))?$/.test(form.action)) {
      event.preventDefault();
      swap(card, form, button, 2);
    } else if (navigator.onLine === false) {
      event.preventDefault();
      offline(true);
      later(function () { offline(false); plainly(form, button); }, 0);
    } else sent(form);
  });
  var live = el("live"), seen = "";
  function look() {
    if (document.hidden || waiting) return;
    fetch(live.dataset.live + "?seen=" + seen).then(function (answer) { return answer.status === 200 ? answer.text() : ""; })
      .then(function (now) {
        if (now && seen && now !== seen) {
          if ("reload" in live.dataset && !dirty) location.reload(); else live.hidden = false;
        }
        seen = now || seen;
      }, function () {});
  }
  if (live && window.fetch) { look(); setInterval(look, 5000); }
  boxes(document);
})();
