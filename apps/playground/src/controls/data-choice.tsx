import type { JSX } from 'preact'
import { type DataName, lineData, planeData } from '../settings/game-settings.ts'
import { chooseData, game, onLine, text } from '../state/page-state.ts'

/** The data, each a small picture of where its samples lie. */
export function DataChoice(): JSX.Element {
  const words = text.value
  return (
    <fieldset class="data-choice">
      <legend>{words.fields.data}</legend>
      {(onLine.value ? lineData : planeData).map(data => (
        <button
          key={data}
          type="button"
          aria-pressed={game.value.data === data}
          onClick={() => game.value.data === data || chooseData(data)}
        >
          <svg viewBox="-16 -16 32 32" aria-hidden="true">
            {pictures[data]}
          </svg>
          {words.data[data]}
        </button>
      ))}
    </fieldset>
  )
}

type Place = readonly [number, number]

const dots = (places: readonly Place[], radius: number) =>
  places.map(([x, y]) => <circle key={`${x} ${y}`} cx={x} cy={-y} r={radius} />)

/** A line through places of a function of 0 to 1. */
function curve(at: (share: number) => Place): JSX.Element {
  const places = Array.from({ length: 41 }, (_, i) => at(i / 40))
  const d = places.map(([x, y]) => `${x.toFixed(1)} ${(-y).toFixed(1)}`).join('L')
  return <path d={`M${d}`} />
}

/** A density over the width of the picture: normals at places, of a width and a height each. */
const bumps = (normals: readonly { readonly at: number; readonly std: number; readonly height: number }[]) =>
  curve(share => {
    const x = 28 * share - 14
    return [
      x,
      normals.reduce((y, { at, std, height }) => y + height * Math.exp(-(((x - at) / std) ** 2) / 2), -9),
    ]
  })

const around = (count: number, radius: number) =>
  Array.from({ length: count }, (_, i): Place => {
    const turn = (2 * Math.PI * i) / count
    return [radius * Math.cos(turn), radius * Math.sin(turn)]
  })

const half = (turn: number): Place => [Math.cos(Math.PI * turn), Math.sin(Math.PI * turn)]
const pencil = <path d="M-9 9l2-7L5-10l5 5L-2 7zM2-7l5 5" />
const sheet = <path d="M-8-12h11l5 5v19h-16zM3-12v5h5M-4 0h8M-4 5h8" />

const pictures: Readonly<Record<DataName, ReturnType<typeof dots> | JSX.Element>> = {
  normal: bumps([{ at: 2, std: 4, height: 19 }]),
  'two-normals': bumps([-7, 7].map(at => ({ at, std: 2.5, height: 17 }))),
  'three-normals': bumps([12, 6, 18].map((height, i) => ({ at: 9 * (i - 1), std: 2, height }))),
  uniform: <path d="M-14 9h4v-14h20v14h4" />,
  'draw-line': pencil,
  'file-line': sheet,
  ring: dots(around(8, 11), 2),
  grid: dots(
    Array.from({ length: 25 }, (_, i): Place => [6 * ((i % 5) - 2), 6 * (Math.floor(i / 5) - 2)]),
    1.4,
  ),
  segment: <path class="thick" d="M-11 6.6 11-6.6" />,
  'two-blobs': dots(
    [
      [-6, -5],
      [6, 5],
    ],
    4.5,
  ),
  disjoint: dots(
    [
      [-7, -6],
      [8, -4],
      [-1, 8],
    ],
    4.5,
  ),
  spiral: curve(share => {
    const [turn, radius] = [3.2 * Math.PI * share ** 0.7, 2 + 11 * share]
    return [radius * Math.cos(turn), radius * Math.sin(turn)]
  }),
  'two-moons': (
    <>
      {curve(share => [8 * half(share)[0] - 4, 8 * half(share)[1] - 2])}
      {curve(share => [-8 * half(share)[0] + 4, 2 - 8 * half(share)[1]])}
    </>
  ),
  'draw-plane': pencil,
  'file-plane': sheet,
}
