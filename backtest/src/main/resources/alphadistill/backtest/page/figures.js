"use strict";
// What all charts share: colours, axes, tooltips, keyboard, numbers as CSV. The charts themselves are in charts.js.
const figures = (function () {
  const DASHES = ["solid", "solid", "solid", [6, 3], [2, 3], [8, 3, 2, 3]];
  const SERIES = 6;

  /** Colours of the theme in force, read from the style sheet so that they stand in one place. */
  function look() {
    const style = getComputedStyle(document.documentElement);
    const colour = name => style.getPropertyValue("--" + name).trim();
    return {
      ink: colour("ink"),
      muted: colour("muted"),
      line: colour("line"),
      ground: colour("ground"),
      surface: colour("surface"),
      loss: colour("loss"),
      even: colour("even"),
      gain: colour("gain"),
      font: getComputedStyle(document.body).fontFamily,
      series: index => colour("series-" + index % SERIES),
      dash: index => DASHES[index % DASHES.length]
    };
  }

  const isNumber = value => typeof value === "number" && Number.isFinite(value);

  function decimal(digits) {
    return value => {
      const text = isNumber(value) ? value.toFixed(digits) : "–";
      return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
    };
  }

  function percent(digits) {
    return value => isNumber(value) ? decimal(digits)(100 * value) + " %" : "–";
  }

  /** Without the zeros that only fill a column. */
  const tidy = format => value => format(value).replace(/(\.\d*?)0+(?=\D|$)/, "$1").replace(/\.(?=\D|$)/, "");

  const narrow = () => innerWidth < 640;

  function axis(look, over) {
    return Object.assign({
      axisLine: { lineStyle: { color: look.line } },
      axisTick: { show: false },
      axisLabel: { color: look.muted, fontSize: 11, hideOverlap: true },
      splitLine: { lineStyle: { color: look.line, opacity: 0.7 } },
      nameTextStyle: { color: look.muted, fontSize: 11 }
    }, over);
  }

  function timeAxis(look) {
    return axis(look, {
      type: "time",
      splitNumber: narrow() ? 3 : 6,
      splitLine: { show: false },
      axisPointer: { label: { show: false } },
      axisLabel: {
        color: look.muted,
        fontSize: 11,
        hideOverlap: true,
        formatter: { year: "{yyyy}", month: "{MMM} {yyyy}", day: "{d} {MMM}", none: "{yyyy}-{MM}-{dd}" }
      }
    });
  }

  function valueAxis(look, format, over) {
    return axis(look, Object.assign({
      type: "value",
      scale: true,
      splitNumber: narrow() ? 4 : 5,
      axisLine: { show: false },
      axisLabel: { color: look.muted, fontSize: 11, formatter: tidy(format), hideOverlap: true }
    }, over));
  }

  /** What every option starts from. */
  function base(look, format) {
    return {
      animation: false,
      backgroundColor: "transparent",
      textStyle: { fontFamily: look.font, color: look.ink },
      grid: { left: 4, right: 18, top: 42, bottom: 6, containLabel: true },
      legend: {
        top: 4, left: 0, right: 0, itemWidth: 22, itemHeight: 8, itemGap: 14,
        textStyle: { color: look.muted, fontSize: 12 },
        inactiveColor: look.line
      },
      tooltip: {
        trigger: "axis",
        confine: true,
        backgroundColor: look.surface,
        borderColor: look.line,
        textStyle: { color: look.ink, fontSize: 12 },
        axisPointer: { lineStyle: { color: look.muted }, shadowStyle: { color: look.muted, opacity: 0.12 } },
        valueFormatter: format
      }
    };
  }

  /** Room above the grid for a legend that wraps, estimated from the length of its names. */
  function roomForLegend(option, width) {
    const names = option.legend.data || option.series.map(series => series.name);
    let rows = 1;
    let used = 0;
    names.forEach(name => {
      const wide = 22 + 14 + 12 + 6.6 * name.length;
      if (used > 0 && used + wide > width) {
        rows++;
        used = 0;
      }
      used += wide;
    });
    option.grid.top = 18 + 21 * rows;
  }

  /** Ctrl and wheel or a drag on a time axis; plain wheels and fingers stay with the page. */
  function zoom() {
    return matchMedia("(hover: hover)").matches
      ? [{ type: "inside", zoomOnMouseWheel: "ctrl", moveOnMouseWheel: false, filterMode: "none" }]
      : [];
  }

  function line(look, index, name, data, over) {
    return Object.assign({
      type: "line",
      name,
      data,
      symbol: "none",
      symbolSize: 5,
      connectNulls: false,
      lineStyle: { width: 1.6, type: look.dash(index) },
      itemStyle: { color: look.series(index) },
      emphasis: { disabled: true }
    }, over);
  }

  /** Whiskers of an interval. Data: [category index, low, high]; with across, the value axis is the horizontal one. */
  function whiskers(colour, name, data, across) {
    return {
      type: "custom",
      name,
      data,
      silent: true,
      tooltip: { show: false },
      encode: across ? { x: [1, 2], y: 0 } : { x: 0, y: [1, 2] },
      itemStyle: { color: colour },
      z: 5,
      renderItem: (params, api) => {
        const at = value => across ? api.coord([value, api.value(0)]) : api.coord([api.value(0), value]);
        const low = at(api.value(1));
        const high = at(api.value(2));
        if (![...low, ...high].every(Number.isFinite)) {
          return null;
        }
        const cap = 4;
        const style = { stroke: colour, lineWidth: 1.4, fill: "none" };
        const stroke = (x1, y1, x2, y2) => ({ type: "line", shape: { x1, y1, x2, y2 }, style });
        const end = p => across
          ? stroke(p[0], p[1] - cap, p[0], p[1] + cap)
          : stroke(p[0] - cap, p[1], p[0] + cap, p[1]);
        return { type: "group", children: [stroke(low[0], low[1], high[0], high[1]), end(low), end(high)] };
      }
    };
  }

  const zeroLine = look => ({
    silent: true,
    symbol: "none",
    label: { show: false },
    lineStyle: { color: look.muted, type: "solid", width: 1 },
    data: [{ yAxis: 0 }]
  });

  /** Marks a series left on the screen: what is counted here was drawn, not merely given. */
  function marks(chart) {
    return chart.getZr().storage.getDisplayList(true).filter(shape => {
      let owner = shape;
      while (owner && !(owner.__ecComponentInfo && owner.__ecComponentInfo.mainType === "series")) {
        owner = owner.parent;
      }
      const box = owner && shape.getBoundingRect();
      return box && !shape.ignore && !shape.invisible && (box.width > 0 || box.height > 0);
    }).length;
  }

  /** Text for a spreadsheet; a name that begins like a formula is kept from being one. */
  function csv(table) {
    const cell = value => {
      if (value === null || value === undefined) {
        return "";
      }
      if (isNumber(value)) {
        return String(value);
      }
      const text = /^[=+@\-\t]/.test(value) ? "'" + value : String(value);
      return /[",\r\n]/.test(text) ? "\"" + text.replaceAll("\"", "\"\"") + "\"" : text;
    };
    return [table.columns, ...table.rows].map(row => row.map(cell).join(",")).join("\r\n") + "\r\n";
  }

  return {
    look, isNumber, decimal, percent, narrow, axis, timeAxis, valueAxis, base, roomForLegend, zoom, line, whiskers, zeroLine,
    marks, csv
  };
})();
