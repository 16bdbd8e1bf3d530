import type { Survey, SurveyRow } from '@gankit/runtime/node'

/** A survey for a person: a table of the backends, and below it why each starts or doesn't, and how to get the missing ones. */
export function formatSurvey({ backends, auto }: Survey, columns: number): string {
  const width = Math.min(Math.max(columns, 60), 120)
  const lines = [
    formatCells(['', 'here', 'version', 'threads', 'matMul', 'conv', 'GAN step']),
    formatCells(['', '', '', '', 'GFLOP/s', 'GFLOP/s', 'images/s']),
    ...backends.map(({ name, present, version = '-', threads = '-', speed }) => {
      const speeds = [speed?.matMul, speed?.conv, speed?.images].map(formatSpeed)
      return formatCells([name, present ? 'yes' : 'no', version, String(threads), ...speeds])
    }),
    '',
  ]
  for (const row of backends) {
    lines.push(...formatParagraph(row.name, listRemarks(row).join('; '), width))
    // In one line, so that it can be copied.
    if (row.get) lines.push(`${' '.repeat(indent)}to get it: ${row.get}`)
  }
  lines.push('', auto ? `'auto' takes ${auto}.` : 'No backend starts.')
  return `${lines.join('\n')}\n`
}

const indent = 16
const widths = [indent, 5, 9, 8, 9, 9, 9] as const

function formatCells(texts: readonly string[]): string {
  return texts
    .map((text, i) => (i < 3 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
    .join('')
    .trimEnd()
}

function formatSpeed(value: number | undefined): string {
  if (value === undefined) return '-'
  return value < 10 ? value.toPrecision(2) : Math.round(value).toLocaleString('en')
}

function listRemarks({ why, onlyByName, whyNoSpeed }: SurveyRow): string[] {
  return [
    why,
    ...(onlyByName ? [`used only by name: ${onlyByName}`] : []),
    ...(whyNoSpeed ? [`its speed could not be measured: ${whyNoSpeed}`] : []),
  ]
}

/** A text beside its name, with line breaks between words. */
function formatParagraph(name: string, text: string, width: number): string[] {
  const lines = [name.padEnd(indent)]
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!
    if (last.length + word.length + 1 <= width || last.trim() === '')
      lines[lines.length - 1] = `${last}${word} `
    else lines.push(`${' '.repeat(indent)}${word} `)
  }
  return lines.map(line => line.trimEnd())
}
