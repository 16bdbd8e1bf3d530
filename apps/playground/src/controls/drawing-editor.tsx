import { Check, type Palette } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import {
  columns,
  maxHeight,
  packCells,
  packHeights,
  side,
  unpackCells,
  unpackHeights,
} from '../games/drawing.ts'
import { changeGame, game, onLine, text } from '../state/page-state.ts'
import { DrawingArea, type Place } from './drawing-area.tsx'

/** Cells around the pointer that a stroke paints. */
const brush = 1.2

/** Where one draws one's own data: heights on the line, cells in the plane. Each stroke starts the game anew. */
export function DrawingEditor(): JSX.Element {
  const words = text.value.drawing
  const isLine = onLine.value
  const { drawing } = game.value
  const [erases, setErases] = useState(false)
  // What is being drawn; the game gets it when the stroke ends.
  const values = useMemo(() => (isLine ? unpackHeights(drawing) : unpackCells(drawing)), [drawing, isLine])
  const save = () => changeGame({ drawing: isLine ? packHeights(values) : packCells(values) })
  const stroke = (from: Place, to: Place) => {
    const steps = Math.ceil(Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y)) * 64) + 1
    for (let i = 0; i <= steps; i++) {
      const x = from.x + ((to.x - from.x) * i) / steps
      const y = from.y + ((to.y - from.y) * i) / steps
      if (isLine) values[cellOf(x, columns)] = Math.round(clamp(y) * maxHeight)
      else paint(values, x * side, y * side, erases)
    }
  }
  return (
    <div class="drawing">
      <DrawingArea
        label={words.label}
        hint={isLine ? words.lineHint : words.planeHint}
        aspect={isLine ? 1.6 : 1}
        grid={isLine ? { across: columns, down: maxHeight } : { across: side, down: side }}
        draw={(context, size, palette) => {
          if (isLine) drawHeights(context, values, size, palette)
          else drawCells(context, values, size, palette)
        }}
        onStroke={stroke}
        onEnd={save}
        onKey={(key, place) => {
          if (isLine) {
            const change = key === 'ArrowUp' ? 4 : key === 'ArrowDown' ? -4 : 0
            if (change === 0) return undefined
            values[place.column] = Math.min(maxHeight, Math.max(0, values[place.column]! + change))
            save()
            return words.column(place.column + 1, values[place.column]!)
          }
          if (key !== ' ') return undefined
          const cell = place.row * side + place.column
          values[cell] = values[cell] ? 0 : 1
          save()
          return words.cell(place.column + 1, place.row + 1, values[cell] === 1)
        }}
        describe={({ column, row }) =>
          isLine
            ? words.column(column + 1, values[column]!)
            : words.cell(column + 1, row + 1, values[row * side + column] === 1)
        }
        keepsRow={!isLine}
      />
      <div class="tools">
        <button type="button" onClick={() => changeGame({ drawing: '' })}>
          {words.clear}
        </button>
        <button
          type="button"
          onClick={() => changeGame({ drawing: isLine ? exampleHeights() : exampleCells() })}
        >
          {words.example}
        </button>
        {isLine ? null : <Check label={words.erase} checked={erases} onChange={setErases} />}
      </div>
    </div>
  )
}

const clamp = (value: number) => Math.min(1, Math.max(0, value))
const cellOf = (share: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(share * count)))

function paint(cells: Uint8Array, x: number, y: number, erases: boolean): void {
  for (let row = Math.floor(y - brush); row <= y + brush; row++)
    for (let column = Math.floor(x - brush); column <= x + brush; column++) {
      if (row < 0 || column < 0 || row >= side || column >= side) continue
      if (Math.hypot(row + 0.5 - y, column + 0.5 - x) <= brush) cells[row * side + column] = erases ? 0 : 1
    }
}

function drawHeights(
  context: CanvasRenderingContext2D,
  heights: Uint8Array,
  { width, height }: { width: number; height: number },
  { data }: Palette,
): void {
  context.fillStyle = data
  for (let i = 0; i < columns; i++) {
    const tall = (heights[i]! / maxHeight) * height
    context.fillRect((i * width) / columns + 0.5, height - tall, width / columns - 1, tall)
  }
}

function drawCells(
  context: CanvasRenderingContext2D,
  cells: Uint8Array,
  { width, height }: { width: number; height: number },
  { data }: Palette,
): void {
  context.fillStyle = data
  const [across, down] = [width / side, height / side]
  for (let i = 0; i < cells.length; i++)
    if (cells[i])
      context.fillRect((i % side) * across, height - (Math.floor(i / side) + 1) * down, across, down)
}

/** A steep side and a long tail. */
function exampleHeights(): string {
  return packHeights(
    Array.from({ length: columns }, (_, i) =>
      i < 12 ? 0 : Math.round(maxHeight * Math.exp(-(i - 12) / 14) * (i < 16 ? (i - 11) / 5 : 1)),
    ),
  )
}

/** A face: two eyes and a smile. */
function exampleCells(): string {
  const cells = new Uint8Array(side * side)
  for (const x of [13.5, 26.5]) for (let i = 0; i < 4; i++) paint(cells, x, 25 + i, false)
  for (let i = 0; i <= 60; i++) {
    const angle = Math.PI * (1.15 + (0.7 * i) / 60)
    paint(cells, 20 + 12 * Math.cos(angle), 20 + 12 * Math.sin(angle), false)
  }
  return packCells(cells)
}
