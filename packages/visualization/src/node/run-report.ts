import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { PageParts } from '../one-file.ts'
import { reportDocument } from '../report/document.ts'
import type { RunReport } from '../report/report.ts'
import { readPage, sha256 } from './page-files.ts'

/**
 * A run as one HTML file: its samples over time, curves to point at, what the doctor found, its configuration, and
 * how to go on. It opens from disk, loads nothing and needs nothing beside it.
 * @throws GankitError for series that contradict themselves and grids that are no PNG
 */
export async function runReport(report: RunReport): Promise<string> {
  return reportDocument(report, await partsOf())
}

const { resolve } = createRequire(import.meta.url)

async function partsOf(): Promise<PageParts> {
  const plot = (name: string) => readFile(resolve(`uplot/${name}`), 'utf8')
  const [plotStyle, base, style, plotScript, licence, ...scripts] = await Promise.all([
    plot('dist/uPlot.min.css'),
    readPage('base.css'),
    readPage('report.css'),
    plot('dist/uPlot.iife.min.js'),
    plot('LICENSE'),
    ...['samples.js', 'curves.js', 'commands.js'].map(readPage),
  ])
  return {
    styles: [plotStyle, base, style],
    scripts: [
      // Its licence asks to be with every copy.
      { kind: 'classic', text: `/*\n${licence}*/\n${plotScript}` },
      ...scripts.map(text => ({ kind: 'module', text }) as const),
    ],
    hash: sha256,
  }
}
