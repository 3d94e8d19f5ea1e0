"use strict";
// The charts of an image training: (data, picked network, look) => { option, height, table, points } or a reason for
// having nothing to show.
const charts = (function () {
  const { isNumber, decimal, percent, narrow, axis, valueAxis, base, line } = figures;
  const MOST_CLASSES = 100;
  const LABELLED_CLASSES = 20;

  /** Mean over those that have a number there. */
  function mean(lists) {
    const length = Math.max(...lists.map(values => values.length));
    return Array.from({ length }, (_, i) => {
      const values = lists.map(list => list[i]).filter(isNumber);
      return values.length ? values.reduce((a, b) => a + b, 0) / values.length : null;
    });
  }

  /** The longest list of epochs of a network's seeds: a seed may have stopped early. */
  const epochsOf = model => model.seeds.map(seed => seed.epochs).reduce((a, b) => b.length > a.length ? b : a);

  const heavy = { lineStyle: { width: 2.4 }, z: 4 };

  /** Lines over whole numbers. A line: { name, at, values, index, style, quiet }; quiet ones have no legend. */
  function over(look, xName, lines, format, height) {
    const shown = lines.filter(l => l.values.some(isNumber));
    if (shown.length === 0) {
      return "No value is defined.";
    }
    const named = shown.filter(l => !l.quiet);
    const option = Object.assign(base(look, format), {
      xAxis: axis(look, { type: "value", minInterval: 1, min: "dataMin", max: "dataMax", name: xName, nameLocation: "middle",
        nameGap: 26, splitLine: { show: false } }),
      yAxis: valueAxis(look, format),
      series: shown.map(l => line(look, l.index, l.name, l.at.map((x, i) => [x, l.values[i]]), Object.assign(
        l.at.length === 1 ? { symbol: "circle" } : {}, l.style)))
    });
    option.legend.data = named.map(l => l.name);
    option.grid.bottom = 26;
    const all = [...new Set(shown.flatMap(l => l.at))].sort((a, b) => a - b);
    const columns = shown.map(l => new Map(l.at.map((x, i) => [x, l.values[i]])));
    return {
      option,
      height: height || 300,
      format,
      table: {
        columns: [xName, ...shown.map(l => l.name)],
        rows: all.map(x => [x, ...columns.map(column => column.get(x) ?? null)])
      }
    };
  }

  /** Every network's mean over seeds, the picked one heavier and with its seeds. */
  function everyNetwork(data, picked, look, key, format, height) {
    const lines = data.models.map((model, index) => ({
      name: model.name,
      at: epochsOf(model),
      values: mean(model.seeds.map(seed => seed[key])),
      index,
      style: index === picked ? heavy : {}
    }));
    const own = data.models[picked];
    if (own.seeds.length > 1) {
      own.seeds.forEach(seed => lines.push({
        name: own.name + ", " + seed.name,
        at: seed.epochs,
        values: seed[key],
        index: picked,
        quiet: true,
        style: { lineStyle: { width: 1, type: "solid", opacity: 0.35 }, tooltip: { show: false } }
      }));
    }
    return over(look, "epoch", lines, format, height);
  }

  const short = text => text.length > 14 ? text.slice(0, 13) + "…" : text;

  const defined = {
    "loss": (data, picked, look) => everyNetwork(data, picked, look, "loss", decimal(3), 320),
    "validation": (data, picked, look) => everyNetwork(data, picked, look, "validation", percent(1), 320),
    "norm": (data, picked, look) => everyNetwork(data, picked, look, "norm", decimal(2), 240),

    "rate": (data, picked, look) => over(look, "epoch", data.models.map((model, index) => ({
      name: model.name,
      at: epochsOf(model),
      values: mean(model.seeds.map(seed => seed.rate)),
      index,
      style: index === picked ? heavy : {}
    })), value => isNumber(value) ? value === 0 ? "0" : value.toExponential(1).replace("-", "−") : "–", 240),

    "figures": (data, picked, look) => {
      const model = data.models[picked];
      const names = Object.keys(model.seeds[0].figures);
      if (names.length === 0) {
        return "None were measured.";
      }
      return over(look, "epoch", names.map((name, index) => ({
        name,
        at: epochsOf(model),
        values: mean(model.seeds.map(seed => seed.figures[name] || [])),
        index,
        style: {}
      })), decimal(3));
    },

    "confusion": (data, picked, look) => {
      const { classes, counts } = data.models[picked].confusion;
      if (classes.length > MOST_CLASSES) {
        return classes.length + " classes are too many for a matrix; the table below lists the hardest.";
      }
      const shares = counts.map(row => {
        const sum = row.reduce((a, b) => a + b, 0);
        return row.map(count => sum ? count / sum : null);
      });
      const cells = shares.flatMap((row, t) => row.map((share, g) => [g, t, share])).filter(cell => isNumber(cell[2]));
      const format = percent(1);
      const labelled = classes.length <= LABELLED_CLASSES && !narrow();
      const side = Math.max(narrow() ? 14 : 26, 300 / classes.length);
      const option = Object.assign(base(look, format), {
        grid: { left: 4, right: 8, top: 8, bottom: 26, containLabel: true },
        xAxis: axis(look, {
          type: "category", data: classes, name: "given", nameLocation: "middle", nameGap: narrow() ? 62 : 56,
          splitLine: { show: false },
          axisLabel: { color: look.muted, fontSize: narrow() ? 9 : 11, rotate: 45, formatter: short,
            interval: classes.length <= 40 ? 0 : "auto" }
        }),
        yAxis: axis(look, {
          type: "category", inverse: true, data: classes, splitLine: { show: false },
          axisLabel: { color: look.ink, fontSize: narrow() ? 9 : 11, formatter: short,
            interval: classes.length <= 40 ? 0 : "auto" }
        }),
        legend: { show: false },
        visualMap: { show: false, min: 0, max: 1, dimension: 2, inRange: { color: [look.even, look.gain] } },
        series: [{
          type: "heatmap",
          name: "share",
          data: cells,
          itemStyle: { borderColor: look.ground, borderWidth: classes.length <= 40 ? 2 : 0.5, borderRadius: 3 },
          label: {
            show: labelled,
            color: look.ink,
            fontSize: 11,
            formatter: cell => counts[cell.value[1]][cell.value[0]] ? String(counts[cell.value[1]][cell.value[0]]) : ""
          },
          emphasis: { itemStyle: { borderColor: look.ink, borderWidth: 1 } }
        }]
      });
      const say = cell => classes[cell[1]] + " given " + classes[cell[0]] + ": " + counts[cell[1]][cell[0]] + ", "
        + format(cell[2]);
      option.tooltip = Object.assign(option.tooltip, {
        trigger: "item",
        formatter: cell => echarts.format.encodeHTML(say(cell.value))
      });
      return {
        option,
        height: Math.round(100 + side * classes.length),
        format,
        table: { columns: ["true class", ...classes], rows: classes.map((name, t) => [name, ...counts[t]]) },
        points: cells.map(say)
      };
    },

    "cosine": (data, picked, look) => {
      const lines = data.models.map((model, index) => ({
        name: model.name,
        at: model.cosine.map((_, layer) => layer),
        values: model.cosine,
        index,
        style: Object.assign({ symbol: "circle" }, index === picked ? heavy : {})
      }));
      const drawn = over(look, "block", lines, decimal(2), 260);
      return typeof drawn === "string" ? "No network has a distillation token." : drawn;
    }
  };

  return { draw: (id, data, picked, look) => defined[id](data, picked, look) };
})();
