import { formatCount, formatValue, Select } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { text } from '../../state/language.ts'
import { moveAlong, readAlong } from '../latents.ts'
import { PictureCanvas } from '../picture-canvas.tsx'
import { savePicture } from '../save.ts'
import type { NoiseState } from './state.ts'

/** Standard deviations to which a direction can be followed: beyond them there is next to no noise. */
const reach = 4

interface Props {
  readonly app: string
  readonly state: NoiseState
}

/** The picture that is chosen, its attributes and the directions of its noise. */
export function ChosenPicture({ app, state }: Props): JSX.Element {
  const words = text.value.generators
  const pixels = state.chosenPixels.value
  return (
    <section class="chosen">
      <h2>{words.noise.chosen}</h2>
      <div class="frame">
        <PictureCanvas pixels={pixels} label={words.noise.chosen} />
      </div>
      <div class="tools">
        <button type="button" class="main" disabled={!pixels} onClick={() => state.vary()}>
          {words.noise.vary}
        </button>
        <button
          type="button"
          disabled={!pixels}
          onClick={() => pixels && void savePicture(pixels, `${app}-picture`)}
        >
          {words.save.picture}
        </button>
      </div>
      <CornerButtons state={state} />
      <OwnAttributes state={state} />
      <Directions state={state} />
    </section>
  )
}

function CornerButtons({ state }: Pick<Props, 'state'>): JSX.Element {
  const words = text.value.generators.noise
  return (
    <fieldset class="corner-buttons">
      <legend>{words.toCorner}</legend>
      {words.cornerNames.map((name, i) => (
        <button
          key={name}
          type="button"
          title={`${words.toCorner}: ${name}`}
          aria-label={`${words.toCorner}: ${name}`}
          disabled={!state.corners.value}
          onClick={() => state.putIntoCorner(i)}
        >
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <rect x="1.5" y="1.5" width="13" height="13" rx="1" />
            <circle cx={i % 2 ? 14 : 2} cy={i > 1 ? 14 : 2} r="2.5" />
          </svg>
        </button>
      ))}
    </fieldset>
  )
}

function OwnAttributes({ state }: Pick<Props, 'state'>): JSX.Element | null {
  const { noise, names } = text.value.generators
  const chosen = state.chosen.value
  const { attributeList } = state
  if (attributeList.length === 0 || !chosen) return null
  const starts = attributeList.map((_, i) =>
    attributeList.slice(0, i).reduce((sum, { values }) => sum + values.length, 0),
  )
  return (
    <fieldset class="attributes own">
      <legend>{noise.ownAttributes}</legend>
      {attributeList.map(({ name, values }, i) => {
        const from = starts[i]!
        const shares = chosen.condition.subarray(from, from + values.length)
        const set = (value: string) => {
          const condition = chosen.condition.slice().fill(0, from, from + values.length)
          condition[from + values.indexOf(value)] = 1
          state.change({ noise: chosen.noise, condition })
        }
        return (
          <Select
            key={name}
            label={names.attributes[name] ?? name}
            // Of a mixture, the larger share.
            value={values[shares.indexOf(Math.max(...shares))]!}
            options={values}
            name={value => names.values[value] ?? value}
            onChange={set}
          />
        )
      })}
    </fieldset>
  )
}

function Directions({ state }: Pick<Props, 'state'>): JSX.Element | null {
  const words = text.value.generators.noise
  const chosen = state.chosen.value
  const directions = state.directions.value
  if (!chosen || directions.length === 0) return null
  const { latent } = state
  return (
    <fieldset class="directions">
      <legend>{words.directions}</legend>
      <p class="note">{words.directionsHint}</p>
      {directions.map((direction, i) => (
        <Direction
          key={i}
          name={words.direction(formatCount(i + 1))}
          value={readAlong(latent, chosen.noise, direction)}
          onChange={value =>
            state.change({ ...chosen, noise: moveAlong(latent, chosen.noise, direction, value) })
          }
        />
      ))}
    </fieldset>
  )
}

interface DirectionProps {
  readonly name: string
  readonly value: number
  onChange(value: number): void
}

function Direction({ name, value, onChange }: DirectionProps): JSX.Element {
  const id = useId()
  return (
    <div class="slider">
      <label for={id}>{name}</label>
      <input
        id={id}
        type="range"
        min={-reach}
        max={reach}
        step={0.05}
        value={value}
        onInput={({ currentTarget }) => onChange(currentTarget.valueAsNumber)}
        onDblClick={() => onChange(0)}
      />
      <output>{formatValue(value, 1)}</output>
    </div>
  )
}
