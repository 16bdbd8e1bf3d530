import { GankitError } from '@gankit/core'
import type { Chart } from '../curves/scalar-charts.ts'
import { curveSvg } from '../curves/svg.ts'
import { toDataUrl } from '../html/data-url.ts'
import { escapeText } from '../html/document.ts'
import type { Grid, Incident, RunReport } from './report.ts'

/** The last grid, beside it real samples, and a slider over all grids that stays hidden until a script shows it. */
export function sampleViewer(
  grids: readonly Grid[],
  { realSamples, gridsNote: note }: Pick<RunReport, 'realSamples' | 'gridsNote'>,
): string {
  const last = grids.at(-1)
  if (!last) return '<p>No samples were drawn yet.</p>'
  const caption = `Samples after step ${last.step.toLocaleString('en')}`
  const real = realSamples
    ? `<figure class="real"><figcaption>Real samples</figcaption>${pictureTag(realSamples, 'Real samples', 'the real samples')}</figure>`
    : ''
  const heading = realSamples ? '<figcaption>Of the generator</figcaption>' : ''
  return [
    '<div class="samples">',
    `<div class="pair"><figure class="fake">${heading}${pictureTag(last.png, caption, `the grid of step ${last.step}`)}</figure>${real}</div>`,
    grids.length > 1
      ? '<div class="time" hidden><button type="button">Play</button>' +
        `<input type="range" min="0" max="${grids.length - 1}" value="${grids.length - 1}" aria-label="Step of the samples">` +
        `<output>step ${last.step.toLocaleString('en')}</output></div>`
      : `<p>${caption}.</p>`,
    note ? `<p class="note">${escapeText(note)}</p>` : '',
    '</div>',
  ].join('\n')
}

function pictureTag(png: Uint8Array, alt: string, what: string): string {
  const { width, height } = readPngSize(png, what)
  return `<img src="${toDataUrl(png)}" width="${width}" height="${height}" alt="${alt}">`
}

/** Grids as the page's script reads them. */
export function gridData(grids: readonly Grid[]): object[] {
  return grids.map(grid => ({ step: grid.step, source: toDataUrl(grid.png) }))
}

/** The size in the header of a PNG (PNG, third edition, 11.2.1). */
function readPngSize(png: Uint8Array, what: string): { width: number; height: number } {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  if (png.length < 24 || signature.some((byte, i) => png[i] !== byte))
    throw new GankitError('visualization', 'data', `${what} is no PNG`)
  const view = new DataView(png.buffer, png.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/**
 * Figures for the charts: a script draws into them, and readers without scripts see a static drawing.
 * @param hasIncidents whether the script marks incidents in the charts
 */
export function chartFigures(charts: readonly Chart[], hasIncidents: boolean): string {
  const marks = hasIncidents ? ' Upright lines are what happened, see below.' : ''
  const how = `<p class="how note" hidden>Drag across a curve to look closer, double-click to go back.${marks}</p>\n`
  const figures = charts
    .map(
      ({ title, note, ...chart }, i) =>
        `<figure class="chart" data-chart="${i}"><figcaption><h3>${escapeText(title)}</h3>` +
        `${note ? `<p>${escapeText(note)}</p>` : ''}</figcaption>` +
        `<div class="plot"></div><noscript>${curveSvg({ title, ...chart })}</noscript></figure>`,
    )
    .join('\n')
  return how + figures
}

/** Charts as the page's script reads them: numbers with six significant digits, null for a gap. */
export function chartData(charts: readonly Chart[]): object[] {
  return charts.map(({ title, series, levels = [], range }) => ({
    title,
    series: series.map(({ name, x, y }) => ({ name, x: roundValues(x), y: roundValues(y) })),
    levels,
    ...(range && { range }),
  }))
}

function roundValues(values: ArrayLike<number>): (number | null)[] {
  return Array.from(values, value => (Number.isFinite(value) ? roundValue(value) : null))
}

function roundValue(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(6))
}

const kindNames: Readonly<Record<Incident['kind'], string>> = {
  finding: 'Finding',
  warning: 'Warning',
  rollback: 'Rolled back',
  steered: 'Steered',
}

/** Incidents as marks on a line of the run's steps, and below it as a list. */
export function timeLine(incidents: readonly Incident[], lastStep: number): string {
  if (incidents.length === 0) return '<p>Nothing stood out: no findings, no warnings, no rollbacks.</p>'
  const sorted = incidents.toSorted((a, b) => a.step - b.step)
  const marks = sorted.map(({ kind, step, title }, i) => {
    const share = Math.min(100, (100 * step) / Math.max(1, lastStep))
    const label = `Step ${step.toLocaleString('en')}: ${title}`
    return `<a class="mark ${kind}" href="#incident-${i}" style="left:${share.toFixed(2)}%" title="${escapeText(label)}" aria-label="${escapeText(label)}"></a>`
  })
  const items = sorted.map(
    ({ kind, step, title, evidence, advice }, i) =>
      `<li id="incident-${i}" class="${kind}"><p><span class="kind">${kindNames[kind]}</span> ` +
      `<span class="step">step ${step.toLocaleString('en')}</span></p><h3>${escapeText(title)}</h3>` +
      `${evidence ? `<p>${escapeText(evidence)}</p>` : ''}` +
      `${advice ? `<p class="advice">${escapeText(advice)}</p>` : ''}</li>`,
  )
  return [
    `<div class="track">${marks.join('')}</div>`,
    `<p class="ends"><span>0</span><span>${lastStep.toLocaleString('en')}</span></p>`,
    `<ol class="incidents">${items.join('\n')}</ol>`,
  ].join('\n')
}
