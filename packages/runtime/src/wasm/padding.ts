import type { Grid, Window } from './convolution.ts'
import type { ThreadPool } from './thread-pool.ts'

/** Images in memory. Distances are in bytes. */
export interface Padded {
  readonly address: number
  readonly image: number
  readonly line: number
}

/** Calls `use` with the images padded with zeros, or with the images themselves where they need no padding. */
export function withPadding(
  pool: ThreadPool,
  address: number,
  { images, height, width, channels }: Grid,
  window: Window,
  use: (padded: Padded) => void,
): void {
  const within = window.height <= height && window.width <= width
  if (window.above === 0 && window.left === 0 && within) {
    use({ address, image: 4 * height * width * channels, line: 4 * width * channels })
    return
  }
  const line = window.width * channels
  const image = 4 * window.height * line
  // Tiles read a few numbers beyond the end.
  pool.borrow(images * image + 64, padded => {
    const words = [address, padded, height, width * channels, window.above, window.left * channels]
    pool.run('pad', images, [...words, window.height, line])
    use({ address: padded, image, line: 4 * line })
  })
}
