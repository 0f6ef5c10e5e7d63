// Draws each figure of the page from its JSON; the same numbers stand in a table beside it.
(function () {
  "use strict";
  if (typeof Plotly === "undefined") return;
  document.querySelectorAll("[data-figure]").forEach(function (place) {
    var source = document.getElementById(place.dataset.figure);
    if (!source) return;
    var figure = JSON.parse(source.textContent);
    var narrow = place.clientWidth < 480;
    if (narrow) {
      figure.layout.font.size = 13; figure.layout.title.font.size = 15;
      figure.layout.margin.l = 40; figure.layout.margin.b = 130;
      figure.layout.legend.yref = "container"; figure.layout.legend.y = 0; figure.layout.legend.yanchor = "bottom";
    }
    Plotly.newPlot(place, figure.data, figure.layout, { responsive: true, displayModeBar: false });
  });
})();
