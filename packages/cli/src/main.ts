import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { arithmeticCommand } from './arithmetic-command.ts'
import { backendsCommand } from './backends-command.ts'
import { dataCommand } from './data-command.ts'
import { evaluateCommand } from './evaluate-command.ts'
import { exportCommand } from './export-command.ts'
import { inspectCommand } from './inspect-command.ts'
import type { Output } from './output.ts'
import { runsCommand } from './runs-command.ts'
import { sampleCommand } from './sample-command.ts'
import { summaryCommand } from './summary-command.ts'
import { trainCommand } from './train-command.ts'
import { walkCommand } from './walk-command.ts'

const terminal: Output = { out: process.stdout, progress: process.stderr }

/** The whole command line. Its exit codes: 0 done, 2 bad input, 1 a fault of gankit, 130 or 143 stopped by a signal. */
export async function main(words: readonly string[]): Promise<void> {
  const program = new Command('gankit')
    .description(manifest.description)
    .version(manifest.version)
    .addCommand(trainCommand(terminal))
    .addCommand(sampleCommand(terminal))
    .addCommand(walkCommand(terminal))
    .addCommand(arithmeticCommand(terminal))
    .addCommand(evaluateCommand(terminal))
    .addCommand(exportCommand(terminal))
    .addCommand(runsCommand(terminal))
    .addCommand(inspectCommand(terminal))
    .addCommand(summaryCommand(terminal))
    .addCommand(dataCommand(terminal))
    .addCommand(backendsCommand(terminal))
  for (const command of withSubcommands(program))
    command.exitOverride().configureOutput({ outputError: () => {} })
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    process.exitCode = await report(error)
  }
}

function withSubcommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(withSubcommands)]
}

async function report(error: unknown): Promise<number> {
  if (error instanceof CommanderError) {
    // Help and version were asked for and are printed by now; without a command, help is the answer.
    if (error.exitCode === 0) return 0
    if (error.code === 'commander.help') return 2
    process.stderr.write(`[gankit/cli] ${oneLine(error.message.replace(/^error: /, ''))}\n`)
    return 2
  }
  const { isGankitError } = await import('@gankit/core')
  if (isGankitError(error)) {
    process.stderr.write(`${oneLine(error.message)}\n`)
    return 2
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  process.stderr.write(`[gankit/cli] a fault of gankit, please report it: ${oneLine(message)}\n`)
  if (process.env['GANKIT_DEBUG'] && stack) process.stderr.write(`${stack}\n`)
  else process.stderr.write('GANKIT_DEBUG=1 shows where it happened.\n')
  return 1
}

function oneLine(message: string): string {
  return message.trim().replace(/\s*\n\s*/g, ' ')
}
