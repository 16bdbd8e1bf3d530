import { formatCount } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useRef } from 'preact/hooks'
import { text } from '../../state/language.ts'
import { PictureCanvas } from '../picture-canvas.tsx'
import type { NoiseState } from './state.ts'
import type { Tile } from './tiles.ts'

interface Props {
  readonly state: NoiseState
}

/** Pictures side by side, one of which can be chosen. One of them is a stop of the Tab key; arrow keys lead to the others. */
export function TileGrid({ state }: Props): JSX.Element {
  const grid = useRef<HTMLFieldSetElement>(null)
  const stop = useRef(0)
  const words = text.value.generators.noise
  const buttons = () => Array.from(grid.current!.children) as HTMLButtonElement[]

  const move = (event: KeyboardEvent) => {
    const all = buttons()
    const at = all.indexOf(document.activeElement as HTMLButtonElement)
    const columns = getComputedStyle(grid.current!).gridTemplateColumns.split(' ').length
    const ways: Readonly<Record<string, number>> = {
      ArrowLeft: -1,
      ArrowRight: 1,
      ArrowUp: -columns,
      ArrowDown: columns,
      Home: -at,
      End: all.length - 1 - at,
    }
    const way = ways[event.key]
    if (way === undefined || at < 0) return
    event.preventDefault()
    all[at + way]?.focus()
  }
  const keep = (i: number) => {
    const all = buttons()
    all[stop.current]!.tabIndex = -1
    stop.current = i
    all[i]!.tabIndex = 0
  }
  return (
    <>
      <fieldset class="tiles" ref={grid} aria-label={words.gridHint} onKeyDown={move}>
        {state.tiles.map((tile, i) => (
          <TileButton
            key={i}
            tile={tile}
            i={i}
            isStop={i === stop.current}
            isChosen={i === state.chosenTile.value}
            onChoose={() => state.chooseTile(i)}
            onFocus={() => keep(i)}
          />
        ))}
      </fieldset>
      <p class="note">{words.gridHint}</p>
    </>
  )
}

interface TileProps {
  readonly tile: Tile
  readonly i: number
  readonly isStop: boolean
  readonly isChosen: boolean
  onChoose(): void
  onFocus(): void
}

function TileButton({ tile, i, isStop, isChosen, onChoose, onFocus }: TileProps): JSX.Element {
  const words = text.value.generators.noise
  const number = formatCount(i + 1)
  const isWaiting = tile.isWaiting.value
  return (
    <button
      type="button"
      class={isWaiting ? 'tile waiting' : 'tile'}
      tabIndex={isStop ? 0 : -1}
      aria-label={isWaiting ? words.waiting(number) : words.tile(number)}
      aria-pressed={isChosen}
      onClick={onChoose}
      onFocus={onFocus}
    >
      <PictureCanvas pixels={tile.pixels.value} />
    </button>
  )
}
