import { relative } from 'node:path'
import type { Command } from '@gankit/visualization/node'
import { commandLine } from '../output.ts'
import type { Run } from './read-run.ts'

/** What to type next, from the folder that this process works in. */
export function nextCommands({ path, state, step, steps, checkpoints, hasModel }: Run): Command[] {
  const near = shortPath(path)
  const unfinished = step < steps && state !== 'failed'
  const commands: Command[] = []
  if (checkpoints.length > 0 && state !== 'running') {
    const further = unfinished ? [] : ['--steps', String(2 * Math.max(step, steps))]
    commands.push({
      purpose: unfinished ? 'Go on to the end' : 'Train further',
      command: commandLine('train', '--resume', near, ...further),
    })
  }
  if (hasModel)
    commands.push({
      purpose: 'Draw new samples',
      command: commandLine('sample', near, '--count', '100', '--out', 'samples.png'),
    })
  return commands
}

/** A path as it is typed here: relative, where it lies below the working folder. */
export function shortPath(path: string): string {
  const near = relative('', path) || '.'
  return near.startsWith('..') ? path : near
}
