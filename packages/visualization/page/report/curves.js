/**
 * @typedef {{ name: string, x: number[], y: (number | null)[] }} Series
 * @typedef {{
 *   title: string, series: Series[], levels: { name: string, y: number }[], range?: [number, number]
 * }} Chart
 * @type {{ charts: Chart[], incidents: { kind: string, step: number }[], hueCount: number }}
 */
const { charts, incidents, hueCount } = JSON.parse(document.getElementById('run-data')?.textContent ?? '')
const dark = matchMedia('(prefers-color-scheme: dark)')
const height = 260

/** @param {string} name of a custom property in the style sheet */
const readColor = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()

/** @param {number | null | undefined} value */
const formatNumber = value => {
  if (value === null || value === undefined) return '–'
  const size = Math.abs(value)
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(2) : String(+value.toPrecision(4))
}

/** @param {number | null | undefined} step */
const formatStep = step => (step === null || step === undefined ? '–' : step.toLocaleString('en'))

/**
 * The values that get a dot: all if they are few, else those between two gaps, which no line shows.
 * @param {uPlot} plot @param {number} series
 */
const chooseDots = (plot, series) => {
  const values = plot.data[series] ?? []
  const all = [...values.keys()].filter(i => values[i] !== null && values[i] !== undefined)
  if (all.length <= 40) return all
  /** @param {number} i @param {1 | -1} way */
  const neighbor = (i, way) => {
    let at = i + way
    while (at >= 0 && at < values.length && values[at] === undefined) at += way
    return values[at]
  }
  return all.filter(i => typeof neighbor(i, -1) !== 'number' && typeof neighbor(i, 1) !== 'number')
}

/**
 * A dashed line across the plot, at a place in pixels of the canvas.
 * @param {uPlot} plot @param {'x' | 'y'} along @param {number} at @param {string} stroke
 */
const drawRule = ({ ctx, bbox }, along, at, stroke) => {
  const { left, top, width, height } = bbox
  if (!(along === 'x' ? at >= top && at <= top + height : at >= left && at <= left + width)) return
  ctx.save()
  ctx.beginPath()
  ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio])
  ctx.lineWidth = devicePixelRatio
  ctx.strokeStyle = stroke
  if (along === 'x') {
    ctx.moveTo(left, at)
    ctx.lineTo(left + width, at)
  } else {
    ctx.moveTo(at, top)
    ctx.lineTo(at, top + height)
  }
  ctx.stroke()
  ctx.restore()
}

/** Pixels that the name of a level takes. */
const labelHeight = 14

/**
 * Writes the names of levels at the right end of their lines, above them, or below where another name is too near.
 * @param {uPlot} plot @param {Chart['levels']} levels
 */
const drawLabels = (plot, levels) => {
  const { ctx, bbox } = plot
  const places = levels
    .map(({ name, y }) => ({ name, at: plot.valToPos(y, 'y', true) }))
    .filter(({ at }) => at >= bbox.top && at <= bbox.top + bbox.height)
    .sort((a, b) => a.at - b.at)
  ctx.save()
  ctx.font = `${12 * devicePixelRatio}px system-ui, sans-serif`
  ctx.textAlign = 'right'
  ctx.textBaseline = 'alphabetic'
  ctx.lineJoin = 'round'
  // A rim in the color of the ground keeps the name readable where a curve passes.
  ctx.lineWidth = 4 * devicePixelRatio
  ctx.strokeStyle = readColor('--ground')
  ctx.fillStyle = readColor('--muted')
  let last = Number.NEGATIVE_INFINITY
  for (const { name, at } of places) {
    const above = at - 4 * devicePixelRatio
    const isNear =
      above - last < labelHeight * devicePixelRatio || above - bbox.top < labelHeight * devicePixelRatio
    last = isNear ? at + (labelHeight - 1) * devicePixelRatio : above
    const x = bbox.left + bbox.width - 4 * devicePixelRatio
    ctx.strokeText(name, x, last)
    ctx.fillText(name, x, last)
  }
  ctx.restore()
}

/**
 * @param {Chart} chart @param {number} width @param {boolean} log
 * @returns {uPlot.Options}
 */
const createOptions = ({ series, levels, range }, width, log) => {
  const ink = { stroke: readColor('--muted'), font: '12px system-ui, sans-serif' }
  const grid = { stroke: readColor('--line'), width: 1 }
  return {
    width,
    height,
    cursor: { sync: { key: 'steps' }, drag: { x: true, y: false }, y: false },
    scales: {
      x: { time: false },
      y: {
        distr: log ? 3 : 1,
        range: (_plot, min, max) => {
          if (range) return range
          if (log) return globalThis.uPlot.rangeLog(min ?? 1, max ?? 10, 10, false)
          const all = [min ?? 0, max ?? 1, ...levels.map(level => level.y)]
          return globalThis.uPlot.rangeNum(Math.min(...all), Math.max(...all), 0.1, true)
        },
      },
    },
    axes: [
      { ...ink, grid: { show: false }, ticks: grid, values: (_plot, steps) => steps.map(formatStep) },
      {
        ...ink,
        grid,
        ticks: { show: false },
        size: 56,
        values: (_plot, all) => all.map(v => (v === null ? '' : formatNumber(v))),
      },
    ],
    series: [
      { label: 'step', value: (plot, step) => formatStep(step ?? plot.data[0].at(-1)) },
      ...series.map(({ name }, i) => ({
        label: name,
        stroke: readColor(`--hue-${i % hueCount}`),
        width: 1.5,
        points: { show: true, size: 5, fill: readColor(`--hue-${i % hueCount}`), filter: chooseDots },
        // While the pointer is outside of the plot, the legend shows the last values.
        value: (
          /** @type {uPlot} */ plot,
          /** @type {number | null} */ value,
          /** @type {number} */ of,
          /** @type {number | null} */ at,
        ) => formatNumber(at === null || at === undefined ? plot.data[of]?.at(-1) : value),
      })),
    ],
    hooks: {
      draw: [plot => drawLabels(plot, log ? levels.filter(({ y }) => y > 0) : levels)],
      drawAxes: [
        plot => {
          for (const { y } of levels)
            if (!log || y > 0) drawRule(plot, 'x', plot.valToPos(y, 'y', true), readColor('--muted'))
          for (const { kind, step } of incidents)
            drawRule(plot, 'y', plot.valToPos(step, 'x', true), readColor(`--${kind}`))
        },
      ],
    },
  }
}

/** @param {HTMLElement} element @param {Chart} chart */
const start = (element, chart) => {
  const place = element.querySelector('.plot')
  if (!(place instanceof HTMLElement)) return
  let log = false
  /** @type {uPlot | undefined} */
  let plot
  const draw = () => {
    plot?.destroy()
    const tables = chart.series.map(({ x, y }) => [x, y.map(v => (log && v !== null && v <= 0 ? null : v))])
    const data = globalThis.uPlot.join(/** @type {uPlot.AlignedData[]} */ (tables))
    plot = new globalThis.uPlot(createOptions(chart, place.clientWidth, log), data, place)
  }
  const positive = chart.series.some(({ y }) => y.some(value => value !== null && value > 0))
  if (positive && !chart.range) {
    const label = document.createElement('label')
    const box = document.createElement('input')
    box.type = 'checkbox'
    box.addEventListener('change', () => {
      log = box.checked
      draw()
    })
    label.append(box, ' logarithmic')
    element.querySelector('figcaption')?.append(label)
  }
  draw()
  dark.addEventListener('change', draw)
  new ResizeObserver(() => plot?.setSize({ width: place.clientWidth, height })).observe(place)
}

const how = document.querySelector('.how')
if (how instanceof HTMLElement) how.hidden = false
for (const element of document.querySelectorAll('.chart'))
  if (element instanceof HTMLElement) {
    const chart = charts[Number(element.dataset['chart'])]
    if (chart) start(element, chart)
  }

export {}
