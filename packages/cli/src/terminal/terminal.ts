import { relative, sep } from 'node:path'

/** Where a command writes, and the exit code that it ends with. */
export interface Terminal {
  /** Results. */
  readonly out: NodeJS.WriteStream
  /** Progress, notes and errors. */
  readonly progress: NodeJS.WriteStream
  /** 0 unless a command sets another one. */
  exitCode: number
}

/** The terminal of this process. A reader that goes away, or a terminal that is closed, doesn't end the command. */
export function openTerminal(): Terminal {
  const terminal: Terminal = { out: process.stdout, progress: process.stderr, exitCode: 0 }
  surviveErrors(process.stderr, () => {})
  surviveErrors(process.stdout, ({ message }) => {
    terminal.progress.write(`[gankit/cli] the result can't be written to standard output: ${message}\n`)
    terminal.exitCode = 1
    process.exitCode = 1
  })
  return terminal
}

/** What writing gives where nobody reads any more: a pipe that is closed, and a terminal that is gone. */
const readerIsGone = new Set(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])

/** @param report gets errors other than a reader that is gone, once */
function surviveErrors(stream: NodeJS.WriteStream, report: (error: Error) => void): void {
  let reported = false
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (reported || readerIsGone.has(error.code ?? '')) return
    reported = true
    report(error)
  })
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

/** A text in which paths below the working folder are relative. */
export function shortenPaths(text: string): string {
  return text.replaceAll(`${process.cwd()}${sep}`, '')
}
