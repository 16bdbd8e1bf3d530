/** Lets the host do other things: signals and timers in Node, painting and input in a tab. */
export function yieldToHost(): Promise<void> {
  const { scheduler, setImmediate } = globalThis as {
    scheduler?: { yield?: () => Promise<void> }
    setImmediate?: (go: () => void) => void
  }
  if (setImmediate) return new Promise(setImmediate)
  if (scheduler?.yield) return scheduler.yield()
  return new Promise(resolve => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(null)
  })
}
