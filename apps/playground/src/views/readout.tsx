import { formatValue } from '@gankit/page-kit'
import { signal } from '@preact/signals'
import type { ComponentChildren, JSX } from 'preact'
import { linePlaces, planeSide } from '../games/look-shapes.ts'
import { onLine, opened, snapshot, text } from '../state/page-state.ts'

/** Where the pointer is in the figure, as shares of its width and height from the upper left corner. */
const pointer = signal<readonly [number, number] | undefined>(undefined)

/** The figure, and what the networks make of the place that is pointed at. */
export function FigureBox({ children }: { readonly children: ComponentChildren }): JSX.Element {
  const said = read(pointer.value)
  return (
    <div
      class="figure"
      onPointerMove={({ currentTarget, clientX, clientY }) => {
        const box = currentTarget.getBoundingClientRect()
        pointer.value = [(clientX - box.left) / box.width, (clientY - box.top) / box.height]
      }}
      onPointerLeave={() => {
        pointer.value = undefined
      }}
    >
      {children}
      {said ? (
        <p class="readout" aria-hidden="true">
          {said}
        </p>
      ) : null}
    </div>
  )
}

/** What D, and on the line both densities, are where the pointer is. */
function read(at: readonly [number, number] | undefined): string | undefined {
  const [from, now] = [opened.value, snapshot.value]
  if (!at || !from || !now || (now.look.kind === 'line') !== onLine.value) return undefined
  const words = text.value.figure
  const place = (axis: number, share: number) => {
    const [min, max] = from.extent[axis]!
    return min + share * (max - min)
  }
  if (now.look.kind === 'plane') {
    const cell = (share: number) => Math.min(planeSide - 1, Math.max(0, Math.floor(share * planeSide)))
    const verdict = now.look.verdicts[cell(1 - at[1]) * planeSide + cell(at[0])]
    const places = [place(0, at[0]), place(1, 1 - at[1])].map(value => formatValue(value, 2))
    return words.at(`(${places.join(', ')})`, formatValue(verdict))
  }
  // Where line-figure.tsx puts the plot.
  const width = document.querySelector('.figure')?.clientWidth ?? 1
  const share = (at[0] * width - 30) / (width - 64)
  if (share < 0 || share > 1) return undefined
  const index = Math.round(share * (linePlaces - 1))
  const density = from.density
    ? words.densities(formatValue(from.density[index]), formatValue(now.look.density[index]))
    : ''
  return [words.at(`x = ${formatValue(place(0, share), 2)}`, formatValue(now.look.verdicts[index])), density]
    .filter(Boolean)
    .join('; ')
}
