// What can be done with a panel: its table, its definition, its picture; and all of them on paper.
(function () {
  "use strict";

  const PAPER_WIDTH = 690; // an A4 page between its margins, in CSS pixels
  const PAPER_HEIGHT = 285; // of a chart over time: two to a page; bars keep theirs, which their number asks for
  const TALLEST_SHORTENED = 330;
  const MARK = document.body.dataset.mark || ""; // what stands on every internal page, and on its pictures
  const dashboard = window.dashboard;
  const part = (name, key) => document.getElementById(`${name}-${key}`);

  addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    const panel = button && button.closest("[data-panel]");
    if (!panel) return;
    const key = panel.dataset.panel;
    if (button.dataset.action === "table") toggleTable(panel, key, button);
    if (button.dataset.action === "definition") toggle(button, part("definition", key));
    if (button.dataset.action === "picture") savePicture(panel, key);
  });

  function toggle(button, opened) {
    opened.hidden = !opened.hidden;
    button.setAttribute("aria-expanded", String(!opened.hidden));
  }

  // --- tables -------------------------------------------------------------------------------------

  function toggleTable(panel, key, button) {
    toggle(button, part("table", key));
    panel.classList.toggle("tabled", !part("table", key).hidden);
    fillTable(key);
  }

  // Called after each answer: tables that are open, or all of them, are written anew.
  dashboard.refreshTables = function () {
    document.querySelectorAll("[data-panel]").forEach((panel) => fillTable(panel.dataset.panel));
  };

  function fillTable(key) {
    const place = part("table", key);
    const all = document.documentElement.dataset.view === "tables";
    if (!place || (place.hidden && !all)) return;
    const table = dashboard.tables[key];
    place.replaceChildren(table ? buildTable(table, `title-${key}`) : "");
  }

  function buildTable([caption, columns, rows, strong], title) {
    const table = element("table", caption && element("caption", caption));
    const head = element("tr", ...columns.map((text) => element("th", text, { scope: "col" })));
    const body = rows.map((row) =>
      element("tr", ...row.map((text, n) => element(n ? "td" : "th", text, n ? {} : { scope: "row" })))
    );
    table.append(element("thead", head), element("tbody", ...body));
    if (strong !== null) {
      table.querySelectorAll("tr").forEach((row) => row.children[strong]?.classList.add("strong"));
    }
    return element("div", table, { class: "scroll", role: "group", "aria-labelledby": title, tabindex: "0" });
  }

  function element(name, ...content) {
    const made = document.createElement(name);
    const last = content[content.length - 1];
    if (last && typeof last === "object" && !(last instanceof Node)) {
      Object.entries(content.pop()).forEach(([attribute, value]) => made.setAttribute(attribute, value));
    }
    made.append(...content.filter((child) => child !== "" && child != null));
    return made;
  }

  // --- a picture to keep: the chart with the words that stand round it ------------------------------

  async function savePicture(panel, key) {
    const drawn = panel.querySelector(".js-plotly-plot");
    if (!drawn || !window.Plotly) return;
    const { clientWidth: width, clientHeight: height } = drawn;
    const svg = await window.Plotly.toImage(drawn, { format: "svg", width, height });
    const chart = new Image();
    chart.src = svg;
    await chart.decode();
    const canvas = paint(chart, width, height, readWords(panel));
    const link = document.createElement("a");
    link.href = canvas.toDataURL("image/png");
    const { area, period } = dashboard.view.chosen;
    link.download = `${MARK && "internal-"}${key}-${area}-${period}.png`;
    link.click();
  }

  function readWords(panel) {
    const text = (selector) => [...panel.querySelectorAll(selector)].map((found) => found.textContent.trim());
    return [
      ["700 20px", "#000000", 30, MARK ? [MARK] : []],
      ["700 20px", "#16222c", 26, text("figcaption h3")],
      ["400 16px", "#45515b", 24, text("figcaption .sub")],
      ["700 16px", "#5e4500", 24, text("figcaption .tag.illustrative")],
      null, // the chart
      ["400 16px", "#16222c", 24, text(".summary")],
      ["400 16px", "#5c6770", 24, text(".source")],
    ];
  }

  // A canvas at twice the size, the words wrapped to the chart's width.
  function paint(chart, width, height, words) {
    const edge = 16;
    const sans = getComputedStyle(document.body).fontFamily;
    const ruler = document.createElement("canvas").getContext("2d");
    const steps = words.flatMap((line) => {
      if (!line) return [{ chart, high: height + 8 }];
      const [font, colour, high, texts] = line;
      ruler.font = `${font} ${sans}`;
      return texts.flatMap((text) => wrap(ruler, text, width)).map((text) => ({ text, colour, high, font: ruler.font }));
    });
    const canvas = document.createElement("canvas");
    canvas.width = 2 * (width + 2 * edge);
    canvas.height = 2 * (steps.reduce((sum, step) => sum + step.high, 0) + 2 * edge);
    const brush = canvas.getContext("2d");
    brush.scale(2, 2);
    brush.fillStyle = "#ffffff";
    brush.fillRect(0, 0, canvas.width, canvas.height);
    let y = edge;
    steps.forEach((step) => {
      if (step.chart) {
        brush.drawImage(step.chart, edge, y, width, height);
      } else {
        brush.font = step.font;
        brush.fillStyle = step.colour;
        brush.fillText(step.text, edge, y + step.high - 7);
      }
      y += step.high;
    });
    if (MARK) paintMark(brush, canvas.width / 2, canvas.height / 2, sans);
    return canvas;
  }

  // The same words across the whole picture, so that no part that is cut out of it is without them.
  function paintMark(brush, width, height, sans) {
    brush.font = `700 20px ${sans}`;
    brush.fillStyle = "rgb(0 0 0 / 12%)";
    brush.rotate(-0.42);
    for (let y = 0, odd = 0; y < height + width; y += 85, odd = 190 - odd) {
      for (let x = -height - odd; x < width; x += 380) brush.fillText(MARK, x, y);
    }
  }

  function wrap(ruler, text, width) {
    const lines = [""];
    text.split(/\s+/).forEach((word) => {
      const longer = `${lines[lines.length - 1]} ${word}`.trim();
      if (ruler.measureText(longer).width > width && lines[lines.length - 1]) lines.push(word);
      else lines[lines.length - 1] = longer;
    });
    return lines;
  }

  // --- size ---------------------------------------------------------------------------------------

  // Dash asks for every chart to be fitted again once it is drawn, which draws it a second time: not if
  // it fits. (Plotly's script comes after this one.)
  addEventListener("DOMContentLoaded", () => {
    if (!window.Plotly) return;
    const fit = window.Plotly.Plots.resize;
    window.Plotly.Plots.resize = (plot) => {
      const size = plot._fullLayout || {};
      const fits = size.width === plot.clientWidth && size.height === plot.clientHeight;
      return fits ? Promise.resolve(plot) : fit(plot);
    };
  });

  // --- paper --------------------------------------------------------------------------------------

  const plots = () => [...document.querySelectorAll(".js-plotly-plot")].filter((plot) => plot.layout);

  addEventListener("beforeprint", () => {
    plots().forEach((plot) => {
      const height = plot.clientHeight > TALLEST_SHORTENED ? plot.clientHeight : PAPER_HEIGHT;
      window.Plotly.relayout(plot, { autosize: false, width: PAPER_WIDTH, height });
    });
  });

  addEventListener("afterprint", () => {
    plots().forEach((plot) => window.Plotly.relayout(plot, { autosize: true, width: null, height: null }));
  });
})();
