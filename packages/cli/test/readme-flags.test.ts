import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TrainingFlag, trainingFlags, trainingSettings } from '@gankit/experiment/settings'
import type { Option } from 'commander'
import { expect, test } from 'vitest'
import { openTerminal } from '../src/terminal/terminal.ts'
import { trainCommand } from '../src/train/command.ts'

const readme = join(import.meta.dirname, '../README.md')
const begin =
  '<!-- flags of gankit train: GANKIT_UPDATE_README=1 npx vitest run test/readme-flags.test.ts writes them -->'
const end = '<!-- end of flags -->'

test('the README lists the flags of gankit train as the command has them', () => {
  const text = readFileSync(readme, 'utf8')
  const [from, to] = [text.indexOf(begin) + begin.length, text.indexOf(end)]
  expect(from, `the README has no line ${begin}`).toBeGreaterThanOrEqual(begin.length)
  const table = `\n\n${formatFlags(trainCommand(openTerminal()).options)}\n\n`
  if (process.env['GANKIT_UPDATE_README']) writeFileSync(readme, text.slice(0, from) + table + text.slice(to))
  else expect(text.slice(from, to)).toBe(table)
})

/** A table of flags in Markdown, its columns aligned. */
function formatFlags(options: readonly Option[]): string {
  const rows = [
    ['flag', 'default', 'meaning'],
    ...options.map(({ flags, description }) => {
      const [, meaning = description, shown] = /^(.*) \(default: (.*)\)$/.exec(description) ?? []
      return [`\`${flags}\``, shown ?? findDefault(flags), meaning.replaceAll('|', '\\|')]
    }),
  ]
  const widths = [0, 1, 2].map(column => Math.max(...rows.map(row => row[column]!.length)))
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  return [line(rows[0]!), line(widths.map(width => '-'.repeat(width))), ...rows.slice(1).map(line)].join('\n')
}

/** Flags of training settings without a default of their own leave the preset as it is. */
function findDefault(flags: string): string {
  const setting = trainingFlags.find(({ text }: TrainingFlag) => text === flags)?.setting
  if (setting) return trainingSettings[setting].presence === 'defaulted' ? '' : "the preset's"
  return /^--(preset|data) /.test(flags) ? "the app's" : ''
}
