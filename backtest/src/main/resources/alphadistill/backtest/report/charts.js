"use strict";
// One function for each chart: (data, picked model, look) => { option, height, table, points } or a reason for having
// nothing to show. `table` is what the CSV holds; `points` is what the arrow keys walk along.
const charts = (function () {
  const { isNumber, decimal, percent, narrow, axis, timeAxis, valueAxis, base, zoom, line, whiskers, zeroLine } = figures;
  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const anyNumber = values => values.some(isNumber);

  /** Several series over days that need not be the same: one table over all days. */
  function dayTable(lines) {
    const days = [...new Set(lines.flatMap(l => l.days))].sort();
    const columns = lines.map(l => new Map(l.days.map((day, i) => [day, l.values[i]])));
    return {
      columns: ["date", ...lines.map(l => l.name)],
      rows: days.map(day => [day, ...columns.map(column => column.get(day) ?? null)])
    };
  }

  /** Lines through time. A line: { name, days, values, index, style }. */
  function through(look, lines, format, over) {
    const shown = lines.filter(l => anyNumber(l.values));
    if (shown.length === 0) {
      return "No day has a value: the history is shorter than the window, or nothing was held.";
    }
    const option = Object.assign(base(look, format), {
      xAxis: timeAxis(look),
      yAxis: valueAxis(look, format),
      dataZoom: zoom(),
      series: shown.map(l => line(look, l.index, l.name, l.days.map((day, i) => [day, l.values[i]]), l.style))
    });
    const table = dayTable(shown);
    return Object.assign({ option, height: 320, table, format }, over);
  }

  /** One line for each model, the picked one heavier. */
  function everyModel(data, picked, look, days, values) {
    return data.models.map((model, index) => ({
      name: model.name,
      days: data.dates[model[days]],
      values: values(model),
      index,
      style: index === picked
        ? { lineStyle: { width: 2.6, type: look.dash(index) }, z: 4 }
        : { lineStyle: { width: 1.3, type: look.dash(index), opacity: 0.8 } }
    }));
  }

  function runningSum(values) {
    let sum = 0;
    return values.map(value => sum += isNumber(value) ? value : 0);
  }

  /** Of the last so many numbers, null before there are as many. */
  function rollingMean(values, window) {
    const last = [];
    let sum = 0;
    return values.map(value => {
      if (isNumber(value)) {
        last.push(value);
        sum += value;
        if (last.length > window) {
          sum -= last.shift();
        }
      }
      return last.length < window ? null : sum / window;
    });
  }

  /** Lines over a few numbers such as costs or lags; on a scale where even steps are not a matter of course. */
  function sweep(data, picked, look, rows, xName, x, y, format, toScale) {
    const series = data.models.map((model, index) => ({ model, index })).filter(m => anyNumber(rows(m.model).map(y)));
    if (series.length === 0) {
      return "No model held anything.";
    }
    const option = Object.assign(base(look, format), {
      xAxis: axis(look, {
        type: toScale ? "value" : "category",
        data: toScale ? undefined : rows(data.models[0]).map(x).map(String),
        name: xName,
        nameLocation: "middle",
        nameGap: 26
      }),
      yAxis: valueAxis(look, format),
      series: series.map(({ model, index }) => line(look, index, model.name, rows(model).map(row => toScale ? [x(row), y(row)] : y(row)), {
        symbol: "circle",
        lineStyle: { width: index === picked ? 2.6 : 1.3, type: look.dash(index) },
        z: index === picked ? 4 : 2
      }))
    });
    option.grid.bottom = 26;
    option.series[0].markLine = zeroLine(look);
    const first = rows(data.models[0]);
    return {
      option,
      height: 300,
      format,
      table: {
        columns: [xName, ...series.map(s => s.model.name)],
        rows: first.map((row, i) => [x(row), ...series.map(s => y(rows(s.model)[i]))])
      }
    };
  }

  /** Bars with whiskers. */
  function bars(look, index, name, categories, values, margins, format, xName) {
    if (!anyNumber(values)) {
      return "No value is defined.";
    }
    const option = Object.assign(base(look, format), {
      xAxis: axis(look, {
        type: "category",
        data: categories,
        name: xName,
        nameLocation: "middle",
        nameGap: 26,
        axisLabel: { color: look.muted, fontSize: 11, hideOverlap: true, overflow: "truncate", width: narrow() ? 60 : 120 }
      }),
      yAxis: valueAxis(look, format, { scale: false }),
      legend: { show: false },
      series: [
        { type: "bar", name, data: values, barMaxWidth: 46, itemStyle: { color: look.series(index), opacity: 0.85 } },
        whiskers(
          look.ink,
          "interval",
          values.map((v, i) => [i, v - margins[i], v + margins[i]])
            .filter((w, i) => isNumber(values[i]) && isNumber(margins[i])),
          false)
      ]
    });
    option.grid.top = 16;
    option.grid.bottom = xName ? 26 : 6;
    return {
      option,
      height: 270,
      format,
      table: {
        columns: [xName || "part", name, "margin"],
        rows: categories.map((category, i) => [category, values[i], margins[i]])
      }
    };
  }

  const defined = {
    "differences": (data, picked, look) => {
      const model = data.models[picked];
      const rows = model.differences.filter(row => isNumber(row.mean));
      if (rows.length === 0) {
        return "No other model has coefficients on the same days.";
      }
      const format = decimal(4);
      const option = Object.assign(base(look, format), {
        xAxis: valueAxis(look, format, { scale: false }),
        yAxis: axis(look, {
          type: "category",
          inverse: true,
          data: rows.map(row => row.against),
          axisLabel: { color: look.ink, fontSize: 12, width: narrow() ? 110 : 220, overflow: "truncate", interval: 0 }
        }),
        legend: { show: false },
        series: [
          {
            type: "scatter",
            name: model.name + " less",
            symbolSize: 9,
            data: rows.map((row, i) => [row.mean, i]),
            itemStyle: { color: look.series(picked) },
            z: 6,
            markLine: Object.assign(zeroLine(look), { data: [{ xAxis: 0 }] })
          },
          whiskers(look.series(picked), "interval", rows.map((row, i) => [i, row.low, row.high]), true)
        ]
      });
      option.grid.top = 10;
      option.tooltip = Object.assign(option.tooltip, {
        trigger: "item",
        formatter: p => {
          const row = rows[p.dataIndex];
          return "less " + echarts.format.encodeHTML(row.against) + "<br>" + format(row.mean) + ", interval "
            + format(row.low) + " to " + format(row.high);
        }
      });
      return {
        option,
        height: 60 + 34 * rows.length,
        format,
        table: {
          columns: ["less", "mean rank IC difference", "low", "high"],
          rows: rows.map(row => [row.against, row.mean, row.low, row.high])
        }
      };
    },

    "equity-all": (data, picked, look) =>
      through(look, everyModel(data, picked, look, "days", model => model.net), decimal(3), { height: 360 }),

    "equity-one": (data, picked, look) => {
      const model = data.models[picked];
      const days = data.dates[model.days];
      return through(look, [
        { name: "gross", days, values: model.gross, index: picked, style: { lineStyle: { width: 1.4, type: "dashed" } } },
        { name: "net", days, values: model.net, index: picked, style: { lineStyle: { width: 2.4 } } },
        {
          name: "all names equally, net",
          days,
          values: model.benchmark,
          index: 5,
          style: { lineStyle: { width: 1.2, type: "solid" } }
        }
      ], decimal(3));
    },

    "drawdown": (data, picked, look) => {
      const lines = everyModel(data, picked, look, "days", model => model.underwater);
      lines[picked].style = Object.assign({ areaStyle: { opacity: 0.18 } }, lines[picked].style);
      return through(look, lines, percent(1), { height: 280 });
    },

    "rolling": (data, picked, look) => {
      const result = through(look, everyModel(data, picked, look, "days", model => model.sharpe), decimal(2));
      if (result.option) {
        result.option.series[0].markLine = zeroLine(look);
      }
      return result;
    },

    "months": (data, picked, look) => {
      const months = data.models[picked].months;
      const cells = months.values.flatMap((year, y) => year.map((value, m) => [m, y, value]))
        .filter(cell => isNumber(cell[2]));
      if (cells.length === 0) {
        return "No month has a return.";
      }
      const largest = Math.max(...cells.map(cell => Math.abs(cell[2])), 1e-6);
      const format = percent(1);
      const option = Object.assign(base(look, format), {
        grid: { left: 4, right: 8, top: 24, bottom: 4, containLabel: true },
        xAxis: axis(look, { type: "category", data: MONTHS, position: "top", splitLine: { show: false },
          axisLabel: { color: look.muted, fontSize: narrow() ? 9 : 11, interval: 0 } }),
        yAxis: axis(look, { type: "category", inverse: true, data: months.years.map(String), splitLine: { show: false } }),
        legend: { show: false },
        visualMap: {
          show: false, min: -largest, max: largest, dimension: 2, inRange: { color: [look.loss, look.even, look.gain] }
        },
        series: [{
          type: "heatmap",
          name: "net return",
          data: cells,
          itemStyle: { borderColor: look.ground, borderWidth: 2, borderRadius: 3 },
          label: {
            show: true,
            color: look.ink,
            fontSize: narrow() ? 8.5 : 11,
            formatter: cell => decimal(1)(100 * cell.value[2])
          },
          emphasis: { itemStyle: { borderColor: look.ink, borderWidth: 1 } }
        }]
      });
      option.tooltip = Object.assign(option.tooltip, {
        trigger: "item",
        formatter: cell => MONTHS[cell.value[0]] + " " + months.years[cell.value[1]] + ": " + format(cell.value[2])
      });
      return {
        option,
        height: 34 + 32 * months.years.length,
        format,
        table: {
          columns: ["year", ...MONTHS],
          rows: months.years.map((year, y) => [year, ...months.values[y]])
        },
        points: cells.map(cell => MONTHS[cell[0]] + " " + months.years[cell[1]] + ": " + format(cell[2]))
      };
    },

    "ic-sum": (data, picked, look) => {
      const lines = everyModel(data, picked, look, "signalDays", model => runningSum(model.rankIc));
      if (data.oracle) {
        lines.push({
          name: data.oracle.name,
          days: data.dates[data.oracle.signalDays],
          values: runningSum(data.oracle.rankIc),
          index: 5,
          style: { lineStyle: { width: 1.2, type: [2, 2] }, itemStyle: { color: look.muted } }
        });
      }
      return through(look, lines, decimal(1));
    },

    "ic-days": (data, picked, look) => {
      const model = data.models[picked];
      const days = data.dates[model.signalDays];
      const result = through(look, [
        {
          name: "each day",
          days,
          values: model.rankIc,
          index: 5,
          style: { type: "scatter", symbol: "circle", symbolSize: 3, itemStyle: { color: look.series(5), opacity: 0.45 } }
        },
        { name: "mean of 63 days", days, values: rollingMean(model.rankIc, 63), index: picked,
          style: { lineStyle: { width: 2.2, type: "solid" }, z: 4 } }
      ], decimal(3), { height: 280 });
      if (result.option) {
        result.option.series[0].markLine = zeroLine(look);
      }
      return result;
    },

    "decay": (data, picked, look) => {
      const format = decimal(4);
      const result = sweep(
        data, picked, look, model => model.decay, "horizon, trading days", row => row.horizon, row => row.rankIc, format);
      if (result.option) {
        const own = data.models[picked].decay;
        result.option.series.push(whiskers(
          look.series(picked),
          "interval",
          own.map((row, i) => [i, row.rankIc - row.margin, row.rankIc + row.margin])
            .filter((w, i) => isNumber(own[i].rankIc) && isNumber(own[i].margin)),
          false));
        result.option.legend.data = result.option.series.slice(0, -1).map(series => series.name);
      }
      return result;
    },

    "quantiles": (data, picked, look) => {
      const model = data.models[picked];
      const names = model.quantiles.map((value, i) => String(i + 1));
      return bars(
        look, picked, "mean return", names, model.quantiles, model.quantileErrors, percent(2), "bucket, worst to best");
    },

    "cost-sweep": (data, picked, look) =>
      sweep(data, picked, look, model => model.costs, "basis points, one way", row => row.basisPoints, row => row.sharpe,
        decimal(2), true),

    "turnover": (data, picked, look) => through(
      look,
      everyModel(data, picked, look, "days", model =>
        rollingMean(model.turnover, data.turnoverDays).map(mean => mean === null ? null : mean * data.periodsPerYear)),
      decimal(1),
      { height: 260 }),

    "lags": (data, picked, look) => {
      const result = sweep(
        data, picked, look, model => model.lags, "lag, trading days", row => row.lag, row => row.sharpeNet, decimal(2));
      if (result.option) {
        result.option.xAxis.data[0] += " (look-ahead)";
      }
      return result;
    },

    "attribution": (data, picked, look) => {
      const models = data.models.filter(model => model.attribution);
      const format = percent(1);
      const option = Object.assign(base(look, format), {
        xAxis: valueAxis(look, format, { scale: false }),
        yAxis: axis(look, {
          type: "category",
          inverse: true,
          data: models.map(model => model.name),
          axisLabel: { color: look.ink, fontSize: 12, width: narrow() ? 110 : 220, overflow: "truncate", interval: 0 }
        }),
        series: [["explained by the factors", "explained", 4], ["residual alpha", "alpha", 0]].map(([name, key, index]) => ({
          type: "bar",
          name,
          stack: "mean",
          barMaxWidth: 22,
          data: models.map(model => model.attribution[key]),
          itemStyle: { color: look.series(index) }
        }))
      });
      return {
        option,
        height: 80 + 34 * models.length,
        format,
        table: {
          columns: ["model", "explained a year", "alpha a year"],
          rows: models.map(model => [model.name, model.attribution.explained, model.attribution.alpha])
        }
      };
    },

    "exposures": (data, picked, look) => {
      const exposures = data.models[picked].exposures;
      if (!exposures) {
        return "Without positions there is no exposure.";
      }
      const days = data.dates[exposures.days];
      const result = through(look, exposures.factors.map((name, index) => (
        { name, days, values: exposures.betas[index], index })), decimal(2));
      if (result.option) {
        result.option.series[0].markLine = zeroLine(look);
      }
      return result;
    },

    "seeds": (data, picked, look) => {
      const format = decimal(4);
      const rows = data.models.flatMap((model, index) => model.seeds.map((seed, s) => ({ model, index, seed, s })))
        .filter(row => isNumber(row.seed.rankIc));
      if (rows.length === 0) {
        return "No seed has a coefficient.";
      }
      const option = Object.assign(base(look, format), {
        xAxis: valueAxis(look, format),
        yAxis: axis(look, {
          type: "category",
          inverse: true,
          data: data.models.map(model => model.name),
          splitLine: { show: true, lineStyle: { color: look.line } },
          axisLabel: { color: look.ink, fontSize: 12, width: narrow() ? 110 : 220, overflow: "truncate", interval: 0 }
        }),
        legend: { show: false },
        series: [{
          type: "scatter",
          name: "seed",
          symbolSize: 10,
          data: rows.map(row => ({
            value: [row.seed.rankIc, row.index],
            itemStyle: { color: look.series(row.index), opacity: 0.75 }
          }))
        }]
      });
      option.grid.top = 10;
      const say = row => row.model.name + ", seed " + (row.s + 1) + ": " + format(row.seed.rankIc);
      option.tooltip = Object.assign(option.tooltip, {
        trigger: "item",
        formatter: p => echarts.format.encodeHTML(say(rows[p.dataIndex]))
      });
      return {
        option,
        height: 50 + 32 * data.models.length,
        format,
        table: {
          columns: ["model", "seed", "rank IC", "Sharpe net"],
          rows: rows.map(row => [row.model.name, row.s + 1, row.seed.rankIc, row.seed.sharpe])
        },
        points: rows.map(say)
      };
    }
  };

  /** Means over seeds as bars, folds along the axis; the CSV and the table below hold each seed. */
  function foldFigures(figure, look) {
    const folds = [...new Set(figure.rows.map(row => row.fold))];
    const format = decimal(3);
    const measures = figure.measures.map((name, m) => ({
      name,
      means: folds.map(fold => {
        const values = figure.rows.filter(row => row.fold === fold).map(row => row.values[m]).filter(isNumber);
        return values.length ? values.reduce((a, b) => a + b, 0) / values.length : null;
      })
    })).map((measure, index) => ({ ...measure, index })).filter(measure => anyNumber(measure.means));
    if (measures.length === 0) {
      return "No value is defined.";
    }
    const option = Object.assign(base(look, format), {
      xAxis: axis(look, { type: "category", data: folds }),
      yAxis: valueAxis(look, format, { scale: false }),
      series: measures.map(measure => ({
        type: "bar",
        name: measure.name,
        barMaxWidth: 26,
        data: measure.means,
        itemStyle: { color: look.series(measure.index), opacity: 0.9 }
      }))
    });
    option.series[0].markLine = zeroLine(look);
    return {
      option,
      height: 300,
      format,
      table: {
        columns: ["fold", "seed", ...figure.measures],
        rows: figure.rows.map(row => [row.fold, row.seed, ...row.values])
      }
    };
  }

  /** The chart of an id, whose number says which breakdown or table of figures it shows. */
  function draw(id, data, picked, look) {
    const numbered = /^(breakdown|figures)-(\d+)$/.exec(id);
    if (!numbered) {
      return defined[id](data, picked, look);
    }
    if (numbered[1] === "figures") {
      return foldFigures(data.figures[numbered[2]], look);
    }
    const model = data.models[picked];
    const slices = model.breakdowns[numbered[2]].slices;
    return bars(
      look, picked, "rank IC", slices.map(s => s.label), slices.map(s => s.rankIc), slices.map(s => s.margin), decimal(3), "");
  }

  return { draw };
})();
