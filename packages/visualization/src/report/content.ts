import { formatHueProperties, hueCount } from '../curves/svg.ts'
import { escapeText, type PageContent } from '../html/document.ts'
import { configTable } from './config-table.ts'
import type { RunReport } from './report.ts'
import { chartData, chartFigures, gridData, sampleViewer, timeLine } from './sections.ts'

/** The content of a run's report: its markup, and the data of its scripts. */
export function reportContent(report: RunReport): PageContent {
  const { title, subtitle, state, summary, curves, grids, findings, commands } = report
  const incidents = findings.map(({ kind, step }) => ({ kind, step }))
  const body = [
    '<header>',
    `<h1>${escapeText(title)}</h1>`,
    `<p class="subtitle">${state ? `<span class="state ${escapeText(state.name)}">${escapeText(state.name)}</span> ` : ''}${escapeText(subtitle ?? '')}</p>`,
    state?.why ? `<p class="why">${escapeText(state.why)}</p>` : '',
    `<dl class="facts">${summary.map(renderFact).join('')}</dl>`,
    '</header>',
    '<main>',
    section('Samples', sampleViewer(grids, report)),
    curves.length > 0 ? section('Curves', chartFigures(curves, findings.length > 0)) : '',
    section('What happened', timeLine(findings, findLastStep(report))),
    commands.length > 0
      ? section('What next', `<dl class="commands">${commands.map(renderCommand).join('')}</dl>`)
      : '',
    `<details><summary><h2>Configuration</h2></summary>\n${configTable(report.config)}\n</details>`,
    '</main>',
  ]
  const data = { charts: chartData(curves), grids: gridData(grids), incidents, hueCount }
  return { title, body, data, dataId: 'run-data' }
}

/** The colors of curves as custom properties, from which the report's script takes them. */
export function hueStyle(): string {
  return `:root{${formatHueProperties('light')}}@media(prefers-color-scheme:dark){:root{${formatHueProperties('dark')}}}`
}

function section(title: string, content: string): string {
  return `<section><h2>${title}</h2>\n${content}\n</section>`
}

function renderFact({ name, value, note }: RunReport['summary'][number]): string {
  const small = note ? `<small>${escapeText(note)}</small>` : ''
  return `<div><dt>${escapeText(name)}</dt><dd>${escapeText(value)}${small}</dd></div>`
}

function renderCommand({ purpose, command }: RunReport['commands'][number]): string {
  return `<div><dt>${escapeText(purpose)}</dt><dd><code>${escapeText(command)}</code></dd></div>`
}

function findLastStep({ curves, grids, findings }: RunReport): number {
  const steps = [...grids, ...findings].map(({ step }) => step)
  for (const { series } of curves) for (const { x } of series) steps.push(x[x.length - 1] ?? 0)
  return steps.reduce((a, b) => Math.max(a, b), 0)
}
