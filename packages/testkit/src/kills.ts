import type * as fs from 'node:fs/promises'

/** How many more operations on files succeed, and how many fail then. */
let left = Number.POSITIVE_INFINITY
let failures = 0
/** Whether one did, be it that nobody minded. */
let failed = false

/** Lets `count` operations on files happen and no more, while `work` runs. @returns whether these were all it needed */
export async function killedAfter(count: number, work: () => Promise<unknown>): Promise<boolean> {
  return (await runFailing(work, count, Number.POSITIVE_INFINITY)) && !failed
}

/** Lets one operation fail, after `count` others. @returns whether `work` came to its end nevertheless */
export function failingOnceAfter(count: number, work: () => Promise<unknown>): Promise<boolean> {
  return runFailing(work, count, 1)
}

async function runFailing(work: () => Promise<unknown>, before: number, failing: number): Promise<boolean> {
  left = before
  failures = failing
  failed = false
  try {
    await work()
    return true
  } catch {
    return false
  } finally {
    left = Number.POSITIVE_INFINITY
  }
}

/** `node:fs/promises` that can be killed: for vi.mock. */
export function killable(original: typeof fs): typeof fs {
  const guarded =
    <Args extends unknown[], Result>(operation: (...args: Args) => Promise<Result>) =>
    async (...args: Args): Promise<Result> => {
      if (left-- <= 0 && failures-- > 0) {
        failed = true
        throw Object.assign(new Error('killed'), { code: 'EIO' })
      }
      return operation(...args)
    }
  const { mkdir, open, readdir, readFile, rename, rm, rmdir, stat } = original
  const openGuarded = async (...args: Parameters<typeof open>) => {
    const file = await open(...args)
    const write = file.writeFile.bind(file)
    // Half of the bytes, then the rest: a kill may come between.
    const half = guarded(async (data: Uint8Array) => write(data.subarray(0, data.length / 2)))
    const rest = guarded(async (data: Uint8Array) => write(data.subarray(data.length / 2)))
    file.writeFile = async data => {
      const bytes = Buffer.from(data as Uint8Array)
      await half(bytes)
      await rest(bytes)
    }
    // A process is killed here, not the machine: nothing has to reach the disk.
    file.sync = guarded(async () => {})
    return file
  }
  const rmGuarded = async (...[path, options]: Parameters<typeof rm>) => {
    // A folder goes file by file: a kill may come after the first.
    const [first] = options?.recursive ? await readdir(path as string).catch(() => []) : []
    if (first === undefined) return rm(path, options)
    await rm(`${path}/${first}`, options)
    await guarded(rm)(path, options)
  }
  const guardedAll = Object.entries({
    mkdir,
    readdir,
    readFile,
    rename,
    rm: rmGuarded,
    rmdir,
    stat,
    open: openGuarded,
  })
  return {
    ...original,
    ...Object.fromEntries(
      guardedAll.map(([name, operation]) => [
        name,
        guarded(operation as (...args: never[]) => Promise<unknown>),
      ]),
    ),
  }
}
