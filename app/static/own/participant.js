// Better with script, whole without: live length of a box, and nothing lost when a form is sent twice.
(function () {
  "use strict";
  document.querySelectorAll("textarea[data-limit]").forEach(function (box) {
    var limit = Number(box.dataset.limit), line = document.getElementById(box.id + "-count");
    if (!line) return;
    var left = line.textContent;
    function show() {
      var over = box.value.length - limit;
      line.textContent = box.value ? box.value.length + " / " + limit : left;
      line.classList.toggle("fm-count--over", over > 0);
    }
    line.setAttribute("aria-live", "polite");
    box.addEventListener("input", show);
    if (box.value) show();
  });
  document.querySelectorAll("form").forEach(function (form) {
    form.addEventListener("submit", function (event) {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      setTimeout(function () { delete form.dataset.sent; }, 4000);
    });
  });
})();
