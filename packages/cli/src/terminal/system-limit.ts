import { closeSync, openSync } from 'node:fs'
import { devNull } from 'node:os'

/**
 * Says which limit of the system an error comes from, and what to do.
 * @returns undefined for other errors
 */
export function explainSystemLimit(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code } = error as NodeJS.ErrnoException
  // Node says of a package that it can't open that there is none.
  if (code === 'EMFILE' || (/MODULE_NOT_FOUND/.test(code ?? '') && !canOpenFiles()))
    return 'the system lets this process open too few files: raise the limit, such as by ulimit -n 1024'
  if (code === 'ENFILE')
    return 'the system has too many open files: close other programs, or raise fs.file-max'
  const isMemory =
    code === 'ENOMEM' ||
    code === 'ERR_WORKER_OUT_OF_MEMORY' ||
    // As the system says of a library that it doesn't load.
    /failed to map segment|cannot allocate memory/i.test(error.message) ||
    (error instanceof RangeError &&
      /out of memory|could not allocate|allocation failed|invalid (typed )?array (buffer )?length/i.test(
        error.message,
      ))
  if (!isMemory) return undefined
  return `there is too little memory (${error.message.split('\n')[0]!.trim()}): take smaller batches (--batch), smaller images or a smaller network, or raise the limit of this process (ulimit -v)`
}

/**
 * Has a process go on whose Node finds no memory for its parser of HTTP, which it makes unasked: whoever needs it gets an error of
 * its own. Other rejections that nobody hears end the process, as they do without this.
 * @returns a function that ends it
 */
export function survivePoorMemory(): () => void {
  const hear = (reason: unknown) => {
    const isParser =
      reason instanceof RangeError &&
      /out of memory/i.test(reason.message) &&
      /lazyllhttp/.test(reason.stack ?? '')
    if (!isParser) throw reason
  }
  process.on('unhandledRejection', hear)
  return () => void process.off('unhandledRejection', hear)
}

/** Whether this process may open a few more files. */
function canOpenFiles(): boolean {
  const files: number[] = []
  try {
    while (files.length < 16) files.push(openSync(devNull, 'r'))
    return true
  } catch {
    return false
  } finally {
    for (const file of files) closeSync(file)
  }
}
