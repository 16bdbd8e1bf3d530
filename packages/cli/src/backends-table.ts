import type { Survey, SurveyRow } from '@gankit/runtime/node'

/** A survey for a person: a table of what is there, and below it why, and what to type for the rest. */
export function tableOf({ backends, auto }: Survey, columns: number): string {
  const width = Math.min(Math.max(columns, 60), 120)
  const lines = [
    cells(['', 'here', 'version', 'threads', 'matMul', 'conv', 'GAN step']),
    cells(['', '', '', '', 'GFLOP/s', 'GFLOP/s', 'images/s']),
    ...backends.map(({ name, present, version = '-', threads = '-', speed }) => {
      const figures = [speed?.matMul, speed?.conv, speed?.images].map(figure)
      return cells([name, present ? 'yes' : 'no', version, String(threads), ...figures])
    }),
    '',
  ]
  for (const row of backends) {
    lines.push(...paragraph(row.name, remarksOf(row).join('; '), width))
    // Never broken, so that it can be copied.
    if (row.get) lines.push(`${' '.repeat(indent)}to get it: ${row.get}`)
  }
  lines.push('', auto ? `'auto' takes ${auto}.` : 'No backend starts.')
  return `${lines.join('\n')}\n`
}

/** Bytes as megabytes. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6).toLocaleString('en')} MB`
}

const indent = 16
const widths = [indent, 5, 9, 8, 9, 9, 9] as const

function cells(texts: readonly string[]): string {
  return texts
    .map((text, i) => (i < 3 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
    .join('')
    .trimEnd()
}

function figure(value: number | undefined): string {
  if (value === undefined) return '-'
  return value < 10 ? value.toPrecision(2) : Math.round(value).toLocaleString('en')
}

function remarksOf({ why, onlyByName, whyNoSpeed }: SurveyRow): string[] {
  return [
    why,
    ...(onlyByName ? [`taken only by name: ${onlyByName}`] : []),
    ...(whyNoSpeed ? [`its speed could not be measured: ${whyNoSpeed}`] : []),
  ]
}

/** A text beside its name, broken between words. */
function paragraph(name: string, text: string, width: number): string[] {
  const lines = [name.padEnd(indent)]
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!
    if (last.length + word.length + 1 <= width || last.trim() === '')
      lines[lines.length - 1] = `${last}${word} `
    else lines.push(`${' '.repeat(indent)}${word} `)
  }
  return lines.map(line => line.trimEnd())
}
