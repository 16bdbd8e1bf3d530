import { readFile } from 'node:fs/promises'
import { type PageAssets, renderDocument } from '../html/document.ts'
import { hashScript, readPageAsset, resolveAsset } from '../html/node.ts'
import { hueStyle, reportContent } from './content.ts'
import type { RunReport } from './report.ts'

/**
 * A run as one HTML file: its samples over time, interactive curves, the findings of the doctor, its configuration, and
 * commands to go on with. The file opens from disk and loads nothing.
 * @throws GankitError for series that contradict themselves and grids that are no PNG
 */
export async function runReport(report: RunReport): Promise<string> {
  return renderDocument(reportContent(report), await readAssets())
}

async function readAssets(): Promise<PageAssets> {
  const readPlot = (name: string) => readFile(resolveAsset(`uplot/${name}`), 'utf8')
  const readShared = (name: string) => readFile(resolveAsset(`@gankit/core/page/${name}`), 'utf8')
  const [plotStyle, tokens, base, style, incidents, plotScript, license, ...scripts] = await Promise.all([
    readPlot('dist/uPlot.min.css'),
    readShared('tokens.css'),
    readShared('document.css'),
    readPageAsset('report/report.css'),
    readPageAsset('report/incidents.css'),
    readPlot('dist/uPlot.iife.min.js'),
    readPlot('LICENSE'),
    ...['samples', 'curves', 'commands'].map(name => readPageAsset(`report/${name}.js`)),
  ])
  return {
    styles: [hueStyle(), plotStyle, tokens, base, style, incidents],
    scripts: [
      // uPlot's license must be with every copy of it.
      { kind: 'classic', text: `/*\n${license}*/\n${plotScript}` },
      ...scripts.map(text => ({ kind: 'module', text }) as const),
    ],
    hash: hashScript,
  }
}
