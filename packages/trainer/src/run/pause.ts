/** A place where a run waits while it is paused. */
export class Pause {
  private go: (() => void) | undefined
  private held: Promise<void> | undefined
  private reached: (() => void) | undefined
  private stands: Promise<void> = Promise.resolve()

  /** Asks the run to wait. @returns when it does, or, where no run is under way, when one begins */
  hold(): Promise<void> {
    if (!this.held) {
      this.held = new Promise(resolve => {
        this.go = resolve
      })
      this.stands = new Promise(resolve => {
        this.reached = resolve
      })
    }
    return this.stands
  }

  /** Lets the run go on. */
  release(): void {
    this.go?.()
    this.reached?.()
    this.held = this.go = this.reached = undefined
  }

  /** Waits as long as the run is held, or until it is aborted. */
  async wait(signal: AbortSignal | undefined): Promise<void> {
    if (!this.held || signal?.aborted) return
    this.reached?.()
    await waitOrAbort(this.held, signal)
  }
}

/** Waits for a promise, or until the signal is aborted. */
export async function waitOrAbort(until: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted) return
  const { promise: aborted, resolve } = withResolver()
  signal?.addEventListener('abort', resolve, { once: true })
  await Promise.race([until, aborted]).finally(() => signal?.removeEventListener('abort', resolve))
}

/** A promise with what resolves it: Node 20 has no `Promise.withResolvers`. */
function withResolver(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>(done => {
    resolve = done
  })
  return { promise, resolve }
}
