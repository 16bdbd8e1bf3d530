import { hueProperties } from '../curve-style.ts'
import { escapeText } from '../escape.ts'
import { chartData, chartFigures } from './charts.ts'
import { configTable } from './config-table.ts'
import type { RunReport } from './report.ts'
import { gridData, sampleViewer } from './samples.ts'
import { timeLine } from './time-line.ts'

/** What a page is made with: text that stands in it as it is. */
export interface PageParts {
  readonly styles: readonly string[]
  readonly scripts: readonly { readonly kind: 'classic' | 'module'; readonly text: string }[]
  /** The source of a Content-Security-Policy for a script: 'sha256-…', quotes included. */
  hash(script: string): string
}

/** A report as one HTML document that loads nothing: its policy forbids it. */
export function reportDocument(report: RunReport, { styles, scripts, hash }: PageParts): string {
  const { title, subtitle, state, summary, curves, grids, findings, commands } = report
  const allowed = scripts.map(({ text }) => hash(inline(text))).join(' ')
  const policy = `default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src ${allowed}; base-uri 'none'; form-action 'none'`
  const incidents = findings.map(({ kind, step }) => ({ kind, step }))
  const data = { charts: chartData(curves), grids: gridData(grids), incidents }
  const hues = `:root{${hueProperties('light')}}@media(prefers-color-scheme:dark){:root{${hueProperties('dark')}}}`
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="generator" content="gankit">',
    `<title>${escapeText(title)} – gankit</title>`,
    `<style>${[hues, ...styles].join('\n')}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>${escapeText(title)}</h1>`,
    `<p class="subtitle">${state ? `<span class="state ${escapeText(state.name)}">${escapeText(state.name)}</span> ` : ''}${escapeText(subtitle ?? '')}</p>`,
    state?.why ? `<p class="why">${escapeText(state.why)}</p>` : '',
    `<dl class="facts">${summary.map(factOf).join('')}</dl>`,
    '</header>',
    '<main>',
    section('Samples', sampleViewer(grids, report.gridsNote)),
    curves.length > 0 ? section('Curves', chartFigures(curves, findings.length > 0)) : '',
    section('What happened', timeLine(findings, lastStepOf(report))),
    commands.length > 0
      ? section('What next', `<dl class="commands">${commands.map(commandOf).join('')}</dl>`)
      : '',
    section('Configuration', configTable(report.config)),
    '</main>',
    `<script type="application/json" id="run-data">${JSON.stringify(data).replaceAll('<', '\\u003c')}</script>`,
    ...scripts.map(
      ({ kind, text }) => `<script${kind === 'module' ? ' type="module"' : ''}>${inline(text)}</script>`,
    ),
    '</body>',
    '</html>',
    '',
  ].join('\n')
}

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>\n${content}\n</section>`
}

function factOf({ name, value, note }: RunReport['summary'][number]): string {
  const small = note ? `<small>${escapeText(note)}</small>` : ''
  return `<div><dt>${escapeText(name)}</dt><dd>${escapeText(value)}${small}</dd></div>`
}

function commandOf({ purpose, command }: RunReport['commands'][number]): string {
  return `<div><dt>${escapeText(purpose)}</dt><dd><code>${escapeText(command)}</code></dd></div>`
}

function lastStepOf({ curves, grids, findings }: RunReport): number {
  const steps = [...grids, ...findings].map(({ step }) => step)
  for (const { series } of curves) for (const { x } of series) steps.push(x[x.length - 1] ?? 0)
  return steps.reduce((a, b) => Math.max(a, b), 0)
}

/** A script as it may stand in HTML, where these would end it or hide its end. */
function inline(script: string): string {
  return script.replaceAll(/<(?=\/script|script|!--)/gi, '\\x3c')
}
