"use strict";
// The charts of a fitted teacher: (data, picked factor, look) => { option, height, table, points } or a reason for having
// nothing to show.
const charts = (function () {
  const { isNumber, decimal, percent, narrow, axis, timeAxis, valueAxis, base, zoom, line, zeroLine } = figures;
  const LABELLED_ASSETS = 60;

  /** Enough digits for the largest of some numbers: premia may be whole deviations or basis points. */
  function digits(values) {
    const largest = Math.max(...values.filter(isNumber).map(Math.abs), 0);
    return largest > 0 ? Math.min(Math.max(2 - Math.floor(Math.log10(largest)), 2), 7) : 2;
  }

  /** A line with a band around it. */
  function band(look, picked, name, days, middle, margins, none) {
    if (!middle || !middle.some(isNumber)) {
      return none;
    }
    const format = decimal(digits(middle));
    const low = middle.map((m, i) => isNumber(m) && isNumber(margins[i]) ? m - margins[i] : null);
    const high = middle.map((m, i) => isNumber(m) && isNumber(margins[i]) ? m + margins[i] : null);
    const points = values => days.map((day, i) => [day, values[i]]);
    const edge = { silent: true, lineStyle: { width: 0 }, stack: "band", stackStrategy: "all" };
    const colour = look.series(picked);
    const option = Object.assign(base(look, format), {
      xAxis: years(look, days),
      yAxis: valueAxis(look, format),
      dataZoom: zoom(),
      series: [
        line(look, picked, name, points(middle), { lineStyle: { width: 2.2, type: "solid" }, z: 4, markLine: zeroLine(look) }),
        line(look, picked, "low", points(low), edge),
        line(look, picked, "95 %", points(high.map((h, i) => h === null ? null : h - low[i])), Object.assign(
          { areaStyle: { color: colour, opacity: 0.18 } }, edge))
      ]
    });
    option.legend.data = [name];
    const say = i => name + " " + format(middle[i])
      + (low[i] === null ? "" : ", 95 % from " + format(low[i]) + " to " + format(high[i]));
    option.tooltip.formatter = at => {
      const i = at[0].dataIndex;
      return echarts.format.encodeHTML(days[i]) + "<br>" + echarts.format.encodeHTML(say(i));
    };
    return {
      option,
      height: 320,
      format,
      table: { columns: ["date", name, "low", "high"], rows: days.map((day, i) => [day, middle[i], low[i], high[i]]) },
      points: days.map((day, i) => day + ": " + say(i))
    };
  }

  /** Years alone where months between them would not fit. */
  function years(look, days) {
    const long = days.length > 1 && new Date(days[days.length - 1]) - new Date(days[0]) > 2 * 366 * 864e5;
    return Object.assign(timeAxis(look), narrow() && long ? { minInterval: 365 * 864e5 } : {});
  }

  /** Colours come again after six; then their dashes differ. */
  const dash = (look, index) => index < 6 ? look.dash(index) : [10, 4];

  const timesNormal = errors => errors.map(error => isNumber(error) ? 1.96 * error : null);

  function runningSum(values) {
    let sum = 0;
    return values.map(value => sum += isNumber(value) ? value : 0);
  }

  const defined = {
    "premium": (data, picked, look) => band(
      look, picked, data.factors[picked], data.days, data.premia[picked], timesNormal(data.errors[picked]),
      "No premium is known."),

    "betas": (data, picked, look) => band(
      look, picked, "mean beta on " + data.factors[picked], data.days, data.betas[picked], timesNormal(data.spreads[picked]),
      "No asset has a beta."),

    "strength": (data, picked, look) => {
      const format = decimal(2);
      const lines = data.factors.map((name, index) => ({
        name,
        index,
        values: data.premia[index].map((premium, i) =>
          isNumber(premium) && data.errors[index][i] > 0 ? premium / data.errors[index][i] : null)
      }));
      const shown = lines.filter(l => l.values.some(isNumber));
      if (shown.length === 0) {
        return "This kind of teacher knows no errors of its premia.";
      }
      const option = Object.assign(base(look, format), {
        xAxis: years(look, data.days),
        yAxis: valueAxis(look, format),
        dataZoom: zoom(),
        series: shown.map(l => line(look, l.index, l.name, data.days.map((day, i) => [day, l.values[i]]), {
          lineStyle: { width: l.index === picked ? 2.6 : 1.2, type: dash(look, l.index), opacity: l.index === picked ? 1 : 0.75 },
          z: l.index === picked ? 4 : 2
        }))
      });
      option.series[0].markLine = Object.assign(zeroLine(look), {
        data: [-1.96, 0, 1.96].map(at => ({ yAxis: at, lineStyle: { type: at === 0 ? "solid" : "dotted" } }))
      });
      return {
        option,
        height: 340,
        format,
        table: {
          columns: ["date", ...shown.map(l => l.name)],
          rows: data.days.map((day, i) => [day, ...shown.map(l => l.values[i])])
        }
      };
    },

    "ic-sum": (data, picked, look) => {
      const format = decimal(2);
      const sums = runningSum(data.rankIc);
      const option = Object.assign(base(look, format), {
        xAxis: years(look, data.icDays),
        yAxis: valueAxis(look, format),
        dataZoom: zoom(),
        legend: { show: false },
        series: [line(look, 0, "sum of rank IC", data.icDays.map((day, i) => [day, sums[i]]), {
          lineStyle: { width: 2.2, type: "solid" }, markLine: zeroLine(look)
        })]
      });
      option.grid.top = 16;
      return {
        option,
        height: 300,
        format,
        table: {
          columns: ["date", "sum of rank IC", "rank IC"],
          rows: data.icDays.map((day, i) => [day, sums[i], data.rankIc[i]])
        }
      };
    },

    "map": (data, picked, look) => {
      const { columns, ofAssets } = data.map;
      const mean = row => {
        const values = row.filter(isNumber);
        return values.reduce((a, b) => a + b, 0) / Math.max(values.length, 1);
      };
      const order = data.map.rows.map((_, r) => r); // assets that the factors explain best come first
      if (ofAssets) {
        order.sort((a, b) => mean(data.map.cells[b]) - mean(data.map.cells[a]));
      }
      const rows = order.map(r => data.map.rows[r]);
      const cells = order.map(r => data.map.cells[r]);
      const points = cells.flatMap((row, r) => row.map((value, c) => [c, r, value])).filter(cell => isNumber(cell[2]));
      if (points.length === 0) {
        return "No date has a cross-section with an R2.";
      }
      const format = percent(1);
      const crowded = rows.length > LABELLED_ASSETS;
      const labelled = !crowded && columns.length <= 14 && !(narrow() && columns.length > 8);
      const option = Object.assign(base(look, format), {
        grid: { left: 4, right: 8, top: 24, bottom: 4, containLabel: true },
        xAxis: axis(look, { type: "category", data: columns, position: "top", splitLine: { show: false },
          axisLabel: { color: look.muted, fontSize: narrow() ? 9 : 11, hideOverlap: true } }),
        yAxis: axis(look, { type: "category", inverse: true, data: rows, splitLine: { show: false },
          axisLabel: { color: look.muted, fontSize: narrow() ? 9 : 11, interval: crowded ? "auto" : 0,
            width: 80, overflow: "truncate" } }),
        legend: { show: false },
        visualMap: {
          show: false, min: 0, max: Math.max(...points.map(p => p[2])), dimension: 2, inRange: { color: [look.even, look.gain] }
        },
        series: [{
          type: "heatmap",
          name: "R2",
          data: points,
          itemStyle: { borderColor: look.ground, borderWidth: crowded ? 0 : 2, borderRadius: crowded ? 0 : 3 },
          label: { show: labelled, color: look.ink, fontSize: 11, formatter: cell => decimal(1)(100 * cell.value[2]) },
          emphasis: { itemStyle: { borderColor: look.ink, borderWidth: 1 } }
        }]
      });
      const say = cell => (ofAssets ? rows[cell[1]] + " " + columns[cell[0]] : columns[cell[0]] + " " + rows[cell[1]])
        + ": " + format(cell[2]);
      option.tooltip = Object.assign(option.tooltip, {
        trigger: "item",
        formatter: cell => echarts.format.encodeHTML(say(cell.value))
      });
      return {
        option,
        height: 34 + (crowded ? Math.min(Math.max(5 * rows.length, 320), 900) : (ofAssets ? 18 : 32) * rows.length),
        format,
        table: { columns: [ofAssets ? "asset" : "year", ...columns], rows: rows.map((name, r) => [name, ...cells[r]]) },
        points: points.map(say)
      };
    }
  };

  return { draw: (id, data, picked, look) => defined[id](data, picked, look) };
})();
