import { normalPrior } from '@gankit/core'
import { tree } from '@gankit/testkit/scratch'
import type { Command } from 'commander'
import { beforeAll, describe, expect, test } from 'vitest'
import { createProgram, listCommands } from '../../src/main.ts'
import { openTerminal } from '../../src/terminal/terminal.ts'
import { gankit } from '../gankit.ts'
import { useProject } from '../project.ts'
import { saveTinyGenerator } from '../tiny-generator.ts'
import { type FlagTable, flagTables, isAnyText, isSwitch } from './flag-table.ts'
import { expectPlain } from './plain-words.ts'

useProject('shared')
beforeAll(() => saveTinyGenerator('model', normalPrior()))

const nameOf = (command: Command): string =>
  command.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name()
const commands = listCommands(createProgram(openTerminal())).map(
  command => [nameOf(command), command] as const,
)

/** Runs a command that is to be refused: one line for a person, in the words of the command, and nothing written. */
async function refuse(words: readonly string[], flag: string, got: string, expected: RegExp): Promise<void> {
  const before = tree('.')
  const { code, out, err } = await gankit(...words)
  const line = err.trimEnd().split('\n').at(-1)!
  const shown = `gankit ${words.join(' ')}: ${line}`
  expect.soft(code, shown).toBe(2)
  expectPlain(line, shown)
  expect.soft(line, shown).toMatch(new RegExp(`(?<![\\w-])${flag}(?![\\w-])`))
  expect.soft(line, shown).toContain(got)
  expect.soft(line, shown).toMatch(expected)
  expect.soft(err, shown).not.toMatch(/\n\s+at /)
  expect.soft(out, shown).toBe('')
  expect.soft(tree('.'), shown).toEqual(before)
}

/** The words of a command with a flag in place of those that it needs. */
function withFlag({ words, needed = {} }: FlagTable, flag: string, ...values: string[]): string[] {
  const others = Object.entries(needed).filter(([other]) => other !== flag)
  return [...words, ...others.flat(), flag, ...values]
}

test('the table has every command, and every flag of each', () => {
  const found = commands.map(([name, { options }]) => [name, options.map(({ long }) => long!).sort()])
  const listed = Object.entries(flagTables).map(([name, { flags }]) => [name, Object.keys(flags).sort()])
  expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(found))
})

describe.each(commands.filter(([, { options }]) => options.length > 0))('%s', (name, { options }) => {
  const table = flagTables[name]!

  test('flags without their value, or with an empty one, say what they take', async () => {
    for (const { long, flags, required, optional } of options) {
      if (!required && !optional) {
        await refuse(withFlag(table, `${long}=1`), long!, `${long}=1`, /unknown option .*--help' lists all/)
        continue
      }
      if (required)
        await refuse(withFlag(table, long!), long!, flags, /argument missing: '.*--help' lists all/)
      for (const empty of ['', ' '])
        await refuse(withFlag(table, long!, empty), long!, `'${empty}'`, /Expected a text that is not empty/)
    }
  })

  test('flags with a wrong value say what was got and what they take', async () => {
    for (const [flag, kind] of Object.entries(table.flags)) {
      if (kind === isSwitch || kind === isAnyText) continue
      for (const value of kind.wrong) await refuse(withFlag(table, flag, value), flag, value, kind.expected)
    }
  })
})
