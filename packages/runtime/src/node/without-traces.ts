/**
 * Runs a loader that Emscripten wrote and takes back what it leaves in the process: listeners that throw every
 * uncaught error again, under pages of their own minified source, and a global Worker by which other code would take
 * Node for a browser.
 */
export async function withoutTraces<T>(load: () => Promise<T>): Promise<T> {
  const events = ['uncaughtException', 'unhandledRejection'] as const
  const before = events.map(event => new Set(process.listeners(event as 'exit')))
  const worker = Object.getOwnPropertyDescriptor(globalThis, 'Worker')
  try {
    return await load()
  } finally {
    for (const [i, event] of events.entries())
      for (const listener of process.listeners(event as 'exit'))
        if (!before[i]!.has(listener)) process.off(event, listener)
    if (worker) Object.defineProperty(globalThis, 'Worker', worker)
    else Reflect.deleteProperty(globalThis, 'Worker')
  }
}
