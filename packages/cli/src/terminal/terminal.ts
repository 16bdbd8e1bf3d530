import { relative } from 'node:path'

/** Where a command writes, and the exit code that it ends with. */
export interface Terminal {
  /** Results. */
  readonly out: NodeJS.WriteStream
  /** Progress, notes and errors. */
  readonly progress: NodeJS.WriteStream
  /** 0 unless a command sets another one. */
  exitCode: number
}

/** The terminal of this process. */
export function openTerminal(): Terminal {
  return { out: process.stdout, progress: process.stderr, exitCode: 0 }
}

/** What to type to run gankit with these words: through npx, which finds it in a project that has it. */
export function formatCommand(...words: string[]): string {
  const quoted = words.map(word =>
    /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`,
  )
  return ['npx gankit', ...quoted].join(' ')
}

/** A path as a person types it here: relative, where it is below the working folder. */
export function shortenPath(path: string): string {
  const near = relative('', path) || '.'
  return near.startsWith('..') ? path : near
}
