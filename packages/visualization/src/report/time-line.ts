import { escapeText } from '../html/document.ts'
import type { Incident } from './report.ts'

const names: Readonly<Record<Incident['kind'], string>> = {
  finding: 'Finding',
  warning: 'Warning',
  rollback: 'Rolled back',
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
      `<li id="incident-${i}" class="${kind}"><p><span class="kind">${names[kind]}</span> ` +
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
