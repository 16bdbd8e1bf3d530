import type { JSX } from 'preact'
import { useEffect, useMemo } from 'preact/hooks'
import { text } from '../../state/language.ts'
import { Fault } from '../fault.tsx'
import type { OpenedGenerator } from '../protocol.ts'
import { ChosenPicture } from './chosen-picture.tsx'
import { GridControls } from './grid-controls.tsx'
import { Square } from './square.tsx'
import { NoiseState } from './state.ts'
import { TileGrid } from './tile-grid.tsx'

interface Props {
  readonly app: string
  /** Until it is open, the places of its pictures stand there. */
  readonly opened: OpenedGenerator | undefined
}

/** Samples of a generator of noise, one of them to change, and the square between four. */
export function NoisePanel({ app, opened }: Props): JSX.Element {
  const state = useMemo(() => new NoiseState(), [])
  useEffect(() => {
    if (opened) void state.begin(opened)
  }, [opened])
  const words = text.value.generators
  const failure = state.failure.value
  return (
    <>
      <Fault line={failure ? words.notDrawn(failure) : ''} />
      <div class="noise" inert={!opened}>
        <section class="grid-part" aria-label={words.noise.samples}>
          <GridControls app={app} state={state} />
          <TileGrid state={state} />
        </section>
        <ChosenPicture app={app} state={state} />
        <Square app={app} state={state} />
      </div>
    </>
  )
}
