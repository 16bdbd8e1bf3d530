import { Command, CommanderError } from 'commander'
import manifest from '../package.json' with { type: 'json' }
import { appsCommand } from './apps/command.ts'
import { backendsCommand } from './backends/command.ts'
import { dataCommand } from './data/command.ts'
import { evaluateCommand } from './evaluate/command.ts'
import {
  arithmeticCommand,
  drawCommand,
  exportCommand,
  sampleCommand,
  translateCommand,
  walkCommand,
} from './generator/commands.ts'
import { inspectCommand, runsCommand } from './runs/command.ts'
import { summaryCommand } from './summary/command.ts'
import { filterTerminal } from './terminal/filter.ts'
import { nameFlagIn } from './terminal/flag-names.ts'
import { refuseEmpty } from './terminal/flags.ts'
import { describeUse, formatHelpFor } from './terminal/help.ts'
import { readPicturesChoice } from './terminal/pictures-choice.ts'
import { explainSystemLimit, survivePoorMemory } from './terminal/system-limit.ts'
import { openTerminal, shortenPaths, type Terminal } from './terminal/terminal.ts'
import { trainCommand } from './train/command.ts'
import { watchCommand } from './watch/command.ts'

/**
 * The whole command line.
 * @param given where it writes. Default: that of this process
 * @returns its exit code: 0 done, 2 bad input, 3 a run that failed, 1 a fault of gankit, 130 or 143 stopped by a signal
 */
export async function main(words: readonly string[], given: Terminal = openTerminal()): Promise<number> {
  const terminal = filterTerminal(given)
  const program = createProgram(terminal)
  let running: Command | undefined
  program.hook('preAction', (_, command) => {
    running = command
    readPicturesChoice(process.env)
  })
  const endSurvival = survivePoorMemory()
  try {
    await program.parseAsync(words, { from: 'user' })
  } catch (error) {
    terminal.exitCode = reportError(error, running ?? findCommand(program, words), terminal.progress)
  } finally {
    endSurvival()
  }
  return terminal.exitCode
}

/** The command that words begin with: what is wrong with them may be found before it runs. */
function findCommand(program: Command, [word, ...others]: readonly string[]): Command {
  const found = program.commands.find(command => command.name() === word)
  return found ? findCommand(found, others) : program
}

/** All commands, with their flags. */
export function createProgram(terminal: Terminal): Command {
  const program = new Command('gankit')
    .description(
      'Trains generative adversarial networks (GANs): a generator learns to draw samples like those of a data set, against a discriminator that learns to tell them apart. Draws with what was learned, and measures how good it is.',
    )
    .version(manifest.version)
    .addHelpText('after', () => `\n${describeUse(terminal)}`)
    .addCommand(appsCommand(terminal))
    .addCommand(trainCommand(terminal))
    .addCommand(sampleCommand(terminal))
    .addCommand(drawCommand(terminal))
    .addCommand(walkCommand(terminal))
    .addCommand(translateCommand(terminal))
    .addCommand(arithmeticCommand(terminal))
    .addCommand(evaluateCommand(terminal))
    .addCommand(exportCommand(terminal))
    .addCommand(runsCommand(terminal))
    .addCommand(inspectCommand(terminal))
    .addCommand(watchCommand(terminal))
    .addCommand(summaryCommand(terminal))
    .addCommand(dataCommand(terminal))
    .addCommand(backendsCommand(terminal))
  for (const command of listCommands(program)) {
    formatHelpFor(command.exitOverride(), terminal)
    refuseEmpty(command)
  }
  return program
}

/** A command with all below it. */
export function listCommands(command: Command): Command[] {
  return [command, ...command.commands.flatMap(listCommands)]
}

/** Prints an error for a person. @returns the exit code */
function reportError(error: unknown, running: Command, stream: NodeJS.WriteStream): number {
  if (error instanceof CommanderError) {
    // Help and version are printed by now; without a command, help is the answer.
    if (error.exitCode === 0) return 0
    if (error.code === 'commander.help') return 2
    const hint =
      error.code === 'commander.invalidArgument' ? '' : `: '${nameCommand(running)} --help' lists all`
    stream.write(`[gankit/cli] ${joinLines(error.message.replace(/^error: /, ''))}${hint}\n`)
    return 2
  }
  const limit = explainSystemLimit(error)
  if (limit) {
    stream.write(`[gankit/cli] ${limit}\n`)
    return 2
  }
  const { message, stack, gankit, option, syscall } = (
    error instanceof Error ? error : new Error(String(error))
  ) as Error & {
    gankit?: unknown
    option?: string
    syscall?: string
  }
  // The mark that `isGankitError` of core looks at, which would load TensorFlow.js.
  if (gankit === true) {
    const named = nameFlagIn({ message, ...(option !== undefined && { option }) }, running)
    stream.write(`${shortenPaths(joinLines(named))}\n`)
    return 2
  }
  if (syscall === 'uv_cwd') {
    stream.write('[gankit/cli] the working folder is gone, expected one that exists: change to another one\n')
    return 2
  }
  stream.write(`[gankit/cli] a fault of gankit, please report it: ${joinLines(message)}\n`)
  if (process.env['GANKIT_DEBUG'] && stack) stream.write(`${stack}\n`)
  else stream.write('GANKIT_DEBUG=1 shows where it happened.\n')
  return 1
}

/** 'gankit data inspect' */
function nameCommand(command: Command): string {
  return command.parent ? `${nameCommand(command.parent)} ${command.name()}` : command.name()
}

function joinLines(message: string): string {
  return message.trim().replace(/\s*\n\s*/g, ' ')
}
