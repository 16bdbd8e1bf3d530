import { GankitError } from '@gankit/core'
import { escapeText } from '../html/document.ts'
import type { Grid } from './report.ts'

/** The last grid, and a slider over all grids that stays hidden until a script shows it. */
export function sampleViewer(grids: readonly Grid[], note: string | undefined): string {
  const last = grids.at(-1)
  if (!last) return '<p>No samples were drawn yet.</p>'
  const { width, height } = readPngSize(last)
  const caption = `Samples after step ${last.step.toLocaleString('en')}`
  return [
    '<div class="samples">',
    `<img src="${toDataUrl(last)}" width="${width}" height="${height}" alt="${caption}">`,
    grids.length > 1
      ? '<div class="time" hidden><button type="button">Play</button>' +
        `<input type="range" min="0" max="${grids.length - 1}" value="${grids.length - 1}" aria-label="Step of the samples">` +
        `<output>step ${last.step.toLocaleString('en')}</output></div>`
      : `<p>${caption}.</p>`,
    note ? `<p class="note">${escapeText(note)}</p>` : '',
    '</div>',
  ].join('\n')
}

/** Grids as the page's script reads them. */
export function gridData(grids: readonly Grid[]): object[] {
  return grids.map(grid => ({ step: grid.step, source: toDataUrl(grid) }))
}

function toDataUrl({ png }: Grid): string {
  // In pieces, since a call takes a limited number of arguments.
  let binary = ''
  for (let at = 0; at < png.length; at += 0x8000)
    binary += String.fromCharCode(...png.subarray(at, at + 0x8000))
  return `data:image/png;base64,${btoa(binary)}`
}

/** The size in the header of a PNG (PNG, third edition, 11.2.1). */
function readPngSize({ step, png }: Grid): { width: number; height: number } {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
  if (png.length < 24 || signature.some((byte, i) => png[i] !== byte))
    throw new GankitError('visualization', 'data', `the grid of step ${step} is no PNG`)
  const view = new DataView(png.buffer, png.byteOffset)
  return { width: view.getUint32(16), height: view.getUint32(20) }
}
