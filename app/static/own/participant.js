// Better with script, whole without: the next statement in place, the length of a box, drafts kept, nothing sent twice.
(function () {
  "use strict";
  var store = window.sessionStorage;
  function key(box) { return "fm:" + location.pathname + location.search + ":" + box.id; }
  function keep(box, words) {
    try { if (words) store.setItem(key(box), words); else store.removeItem(key(box)); } catch (full) { /* no room: no draft */ }
  }
  function boxes(root) {
    root.querySelectorAll("textarea").forEach(function (box) {
      var limit = Number(box.dataset.limit), line = limit && document.getElementById(box.id + "-count");
      var hint = line ? line.textContent : "";
      function show() {
        if (!line) return;
        line.textContent = box.value ? box.value.length + " / " + limit : hint;
        line.classList.toggle("fm-count--over", box.value.length > limit);
      }
      if (!box.value) { try { box.value = store.getItem(key(box)) || ""; } catch (shut) { /* storage is shut off */ } }
      box.addEventListener("input", function () { show(); keep(box, box.value); });
      show();
    });
  }
  function forget(form) { form.querySelectorAll("textarea").forEach(function (box) { keep(box, ""); }); }
  function swap(card, form, button) {
    var body = new FormData(form);
    if (button && button.name) body.append(button.name, button.value);
    return fetch(form.action, { method: "POST", body: body, headers: { "Folkmoot-Fragment": "1" }, redirect: "error" })
      .then(function (answer) { if (!answer.ok) throw new Error(String(answer.status)); return answer.text(); })
      .then(function (html) {
        card.innerHTML = html;
        boxes(card);
        var heading = card.querySelector("h1"), said = document.getElementById("vote-said");
        if (heading) heading.focus();
        if (said) said.textContent = (card.querySelector(".fm-quiet") || heading || card).textContent.trim();
        if (location.search) history.replaceState(null, "", location.pathname);
      });
  }
  document.addEventListener("click", function (event) {
    // the second press of a double click would land on the next statement: it is no vote
    if (event.detail > 1 && event.target.closest("[data-swap] button")) event.preventDefault();
  });
  document.addEventListener("submit", function (event) {
    var form = event.target, card = form.closest("[data-swap]"), button = event.submitter;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    setTimeout(function () { delete form.dataset.sent; }, 4000);
    forget(form);
    if (!card || !window.fetch || !/\/vote(\/(more|skip|undo|why))?$/.test(form.action)) return;
    event.preventDefault();
    swap(card, form, button).catch(function () {
      // the same form the plain way: its key makes a vote that did arrive count once
      if (button && button.name) {
        var sent = document.createElement("input");
        sent.type = "hidden"; sent.name = button.name; sent.value = button.value;
        form.appendChild(sent);
      }
      form.submit();
    });
  });
  boxes(document);
})();
