import { GankitError, splitWords } from '@gankit/core'

/** A caption, and the name of its picture. */
export interface CaptionLine {
  /** Where it stands, counted from 1. */
  readonly line: number
  readonly picture: string
  readonly text: string
}

/** The content of a text file of captions. */
export interface CaptionLines {
  readonly captions: readonly CaptionLine[]
  /** Lines whose caption has no word. */
  readonly empty: readonly number[]
  /** Lines that say the same of the same picture as an earlier one. */
  readonly doubled: readonly number[]
}

/**
 * Reads lines of a picture's name, a tab and a caption, as spreadsheets save them too: with quotes around a cell, and any line ends.
 * Further lines with the same name are further captions.
 * @param path the file's place in messages
 * @throws GankitError that names the line at fault
 */
export function parseCaptionLines(text: string, path: string): CaptionLines {
  const captions: CaptionLine[] = []
  const empty: number[] = []
  const doubled: number[] = []
  const seen = new Set<string>()
  for (const [i, row] of text.split(/\r\n|\n|\r/).entries()) {
    if (row.trim() === '') continue
    const line = i + 1
    const fail = (what: string) => new GankitError('datasets', 'data', `line ${line} of ${path} ${what}`)
    const [picture = '', ...cells] = row.split('\t').map(unquote)
    // Empty columns of a spreadsheet.
    while (cells.length > 1 && cells.at(-1) === '') cells.pop()
    if (cells.length === 0)
      throw fail(
        `${describeRow(row)}, expected a picture's name, a tab and its caption${/[,;]/.test(row) ? ': if it is a CSV, save it as text separated by tabs' : ''}`,
      )
    if (cells.length > 1)
      throw fail(
        `has ${cells.length + 1} columns, expected two, a picture's name and a caption: write further captions of a picture on lines of their own`,
      )
    const said = cells[0]!
    if (picture === '') throw fail(`has no picture's name before the tab`)
    const key = `${picture}\t${said}`
    if (splitWords(said).length === 0) empty.push(line)
    else if (seen.has(key)) doubled.push(line)
    else captions.push({ line, picture, text: said })
    seen.add(key)
  }
  return { captions, empty, doubled }
}

/** The text of a cell, without the quotes that a spreadsheet writes around one with quotes in it. */
function unquote(cell: string): string {
  const trimmed = cell.trim()
  return /^".*"$/.test(trimmed) && trimmed.length > 1
    ? trimmed.slice(1, -1).replaceAll('""', '"').trim()
    : trimmed
}

/** The start of a line without a tab, for messages. */
function describeRow(row: string): string {
  const start = row.trim().slice(0, 40)
  return `has no tab ('${start}${start.length < row.trim().length ? '…' : ''}')`
}
