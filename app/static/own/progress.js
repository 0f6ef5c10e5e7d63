// Asks now and then whether the snapshot is ready, and shows the page afresh when it is.
(function () {
  "use strict";
  var place = document.querySelector("[data-progress]");
  if (!place) return;
  var state = place.dataset.state;
  setInterval(function () {
    fetch(place.dataset.progress, { credentials: "same-origin" }).then(function (reply) {
      return reply.ok ? reply.text() : state;
    }).then(function (now) { if (now !== state) location.reload(); });
  }, 3000);
})();
