/**
 * Works on items in their order, a few at once. The first failure ends it: no other item is begun.
 * @throws what `work` threw first; the signal's reason when it is aborted
 */
export async function inLanes<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item, index: number) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  let next = 0
  let failure: { readonly error: unknown } | undefined
  const lane = async () => {
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
  // All lanes end before this does, so that nothing goes on unseen.
  await Promise.all(Array.from({ length: atOnce }, lane))
  if (failure) throw (failure as { readonly error: unknown }).error
}

/** Has work done one after the other that would take too much memory all at once. */
export function turns(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
}
