/**
 * Works on items in their order, up to `limit` at a time. After a failure no further item is started.
 * @throws the first error of `work`; the signal's reason when it is aborted
 */
export async function forEachConcurrent<Item>(
  items: readonly Item[],
  limit: number,
  work: (item: Item, index: number) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  let next = 0
  let failure: { readonly error: unknown } | undefined
  const workUntilDone = async () => {
    while (next < items.length && !failure) {
      const index = next++
      try {
        signal?.throwIfAborted()
        await work(items[index]!, index)
      } catch (error) {
        failure ??= { error }
      }
    }
  }
  // Waits for all workers, so that no work continues after the failure is reported.
  await Promise.all(Array.from({ length: limit }, workUntilDone))
  if (failure) throw (failure as { readonly error: unknown }).error
}

/** Makes a queue that runs one piece of work at a time, for work that needs too much memory to run at once. */
export function serialize(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}
