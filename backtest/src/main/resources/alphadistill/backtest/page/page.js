"use strict";
// Puts charts into their figures, and answers the model picker, the theme button, arrow keys, resizing and printing.
(function () {
  const root = document.documentElement;
  const data = JSON.parse(document.getElementById("data").textContent);
  const picker = document.getElementById("model"); // absent where there is one model
  const toggle = document.getElementById("theme");
  const PRINT_WIDTH = 690;
  const shown = [];

  const picked = () => picker ? Number(picker.value) : 0;

  function pick(index) {
    if (!picker) {
      return;
    }
    document.querySelectorAll(".of-model").forEach(block =>
      block.classList.toggle("picked", block.dataset.model === String(index)));
    const name = picker.options[index].textContent; // a model may have several rows
    document.querySelectorAll("#headline tbody tr").forEach(row =>
      row.classList.toggle("picked", row.firstElementChild.textContent === name));
  }

  function clear(entry) {
    if (entry.chart) {
      entry.chart.dispose();
      entry.chart = null;
    }
    entry.canvas.classList.remove("empty");
    entry.canvas.textContent = "";
  }

  /** @param width in pixels, for paper; else that of the page */
  function draw(entry, width) {
    clear(entry);
    const drawn = charts.draw(entry.id, data, picked(), figures.look());
    entry.figure.classList.toggle("drawn", typeof drawn !== "string");
    entry.at = -1;
    entry.reading.textContent = "";
    if (typeof drawn === "string") {
      entry.drawn = null;
      entry.canvas.style.height = "";
      entry.canvas.classList.add("empty");
      entry.canvas.textContent = drawn;
      entry.figure.dataset.marks = "none";
      return;
    }
    entry.drawn = drawn;
    if (drawn.option.legend.show !== false) {
      figures.roomForLegend(drawn.option, width || entry.canvas.clientWidth);
    }
    const height = width ? Math.round(0.8 * drawn.height) : drawn.height; // paper is short
    entry.canvas.style.height = height + "px";
    entry.chart = echarts.init(entry.canvas, null, { renderer: "svg", width, height });
    entry.chart.setOption(drawn.option);
    entry.figure.dataset.marks = String(figures.marks(entry.chart));
    entry.canvas.querySelectorAll("svg").forEach(svg => svg.setAttribute("aria-hidden", "true"));
  }

  const drawAll = width => shown.forEach(entry => draw(entry, width));

  /** Left and right walk along the points of a chart; what they hold is shown, and read out. */
  function walk(entry, event) {
    const { drawn, chart } = entry;
    const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20, Home: -Infinity, End: Infinity };
    if (!drawn || !(event.key in steps || event.key === "Escape")) {
      return;
    }
    event.preventDefault();
    if (event.key === "Escape") {
      chart.dispatchAction({ type: "hideTip" });
      entry.reading.textContent = "";
      return;
    }
    const count = drawn.points ? drawn.points.length : drawn.table.rows.length;
    entry.at = Math.min(Math.max(entry.at + steps[event.key], 0), count - 1);
    chart.dispatchAction({ type: "showTip", seriesIndex: 0, dataIndex: entry.at });
    const row = drawn.table.rows[entry.at];
    entry.reading.textContent = drawn.points
      ? drawn.points[entry.at]
      : row[0] + ": " + row.slice(1).map((value, i) =>
        drawn.table.columns[i + 1] + " " + (typeof value === "string" ? value : drawn.format(value))).join(", ");
  }

  function download(entry) {
    entry.link.href = "data:text/csv;charset=utf-8," + encodeURIComponent(figures.csv(entry.drawn.table));
  }

  function setTheme(theme) {
    root.dataset.theme = theme;
    toggle.textContent = theme === "dark" ? "Light" : "Dark";
    toggle.setAttribute("aria-pressed", String(theme === "dark"));
    toggle.setAttribute("aria-label", "Switch to the " + (theme === "dark" ? "light" : "dark") + " theme");
  }

  document.querySelectorAll("figure.chart").forEach(figure => {
    const entry = {
      id: figure.dataset.chart,
      figure,
      canvas: figure.querySelector(".canvas"),
      reading: figure.querySelector(".reading"),
      link: figure.querySelector(".csv"),
      chart: null,
      drawn: null,
      at: -1
    };
    shown.push(entry);
    entry.canvas.addEventListener("keydown", event => walk(entry, event));
    entry.canvas.addEventListener("blur", () => {
      if (entry.chart) {
        entry.chart.dispatchAction({ type: "hideTip" });
      }
      entry.reading.textContent = "";
    });
    entry.link.addEventListener("click", () => download(entry));
  });

  if (picker) {
    picker.addEventListener("change", () => {
      pick(picked());
      drawAll();
    });
  }
  toggle.addEventListener("click", () => {
    setTheme(root.dataset.theme === "dark" ? "light" : "dark");
    drawAll();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", event => {
    setTheme(event.matches ? "dark" : "light");
    drawAll();
  });

  let width = root.clientWidth;
  let waiting = 0;
  addEventListener("resize", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (root.clientWidth !== width) {
        width = root.clientWidth;
        drawAll();
      }
    }, 150);
  });

  let before = "";
  addEventListener("beforeprint", () => {
    before = root.dataset.theme;
    setTheme("light");
    drawAll(PRINT_WIDTH);
  });
  addEventListener("afterprint", () => {
    setTheme(before);
    drawAll();
  });

  /** The contents show where the reader is. */
  const links = new Map([...document.querySelectorAll(".contents a")].map(a => [a.hash.slice(1), a]));
  const inView = new Set();
  const watcher = new IntersectionObserver(entries => {
    entries.forEach(e => e.isIntersecting ? inView.add(e.target.id) : inView.delete(e.target.id));
    let first = true;
    links.forEach((a, id) => {
      if (inView.has(id) && first) {
        a.setAttribute("aria-current", "true");
        first = false;
      } else {
        a.removeAttribute("aria-current");
      }
    });
  }, { rootMargin: "-80px 0px -40% 0px" });
  document.querySelectorAll("main section").forEach(section => watcher.observe(section));

  setTheme(root.dataset.theme);
  pick(picked());
  drawAll();
  root.dataset.ready = "true";
})();
