import { formatCount, Segments, Select, WholeNumber } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { useId } from 'preact/hooks'
import { text } from '../../state/language.ts'
import { saveTiles } from '../save.ts'
import type { GridMode, NoiseState } from './state.ts'
import { tileCount } from './state.ts'

interface Props {
  readonly app: string
  readonly state: NoiseState
}

const modes: readonly GridMode[] = ['samples', 'variations']
/** Columns of a grid in a file. */
const savedColumns = 8

/** What the grid shows: a seed and attributes, or how far variations are away. */
export function GridControls({ app, state }: Props): JSX.Element {
  const words = text.value.generators
  const mode = state.mode.value
  const isWhole = state.done.value === tileCount
  const save = () => {
    const pictures = state.tiles.map(({ pixels }) => pixels.value).filter(pixels => pixels !== undefined)
    void saveTiles(pictures, savedColumns, `${app}-${mode}-${state.seed.value}`)
  }
  return (
    <div class="grid-controls">
      <div class="row">
        <Segments
          label={words.noise.grid}
          value={mode}
          options={modes}
          name={each => words.noise[each]}
          onChange={each => (each === 'samples' ? state.showSamples() : state.vary())}
        />
        {mode === 'samples' ? <SeedControls state={state} /> : <Distance state={state} />}
        <button type="button" class="push" disabled={!isWhole} onClick={save}>
          {words.save.grid}
        </button>
      </div>
      {mode === 'samples' ? <AttributesOfAll state={state} /> : null}
      <Status app={app} state={state} />
    </div>
  )
}

function SeedControls({ state }: Pick<Props, 'state'>): JSX.Element {
  const words = text.value.generators.noise
  return (
    <div class="seed">
      <WholeNumber
        label={words.seed}
        value={state.seed.value}
        min={0}
        max={Number.MAX_SAFE_INTEGER}
        onChange={seed => state.setSeed(seed ?? 0)}
      />
      <button type="button" onClick={() => state.setSeed(state.seed.value + 1)}>
        {words.another}
      </button>
    </div>
  )
}

function Distance({ state }: Pick<Props, 'state'>): JSX.Element {
  const id = useId()
  return (
    <div class="slider">
      <label for={id}>{text.value.generators.noise.distance}</label>
      <input
        id={id}
        type="range"
        min={0.05}
        max={1}
        step={0.05}
        value={state.distance.value}
        onInput={({ currentTarget }) => state.setDistance(currentTarget.valueAsNumber)}
      />
      <output>{state.distance.value.toFixed(2)}</output>
    </div>
  )
}

const any = ''

function AttributesOfAll({ state }: Pick<Props, 'state'>): JSX.Element | null {
  const { noise, names } = text.value.generators
  const { attributeList } = state
  if (attributeList.length === 0) return null
  return (
    <fieldset class="attributes">
      <legend>{noise.attributes}</legend>
      {attributeList.map(({ name, values }) => (
        <Select
          key={name}
          label={names.attributes[name] ?? name}
          value={state.attributes.value[name] ?? any}
          options={[any, ...values]}
          name={value => (value === any ? noise.any : (names.values[value] ?? value))}
          onChange={value => state.setAttribute(name, value === any ? undefined : value)}
        />
      ))}
    </fieldset>
  )
}

function Status({ app, state }: Props): JSX.Element {
  const words = text.value.generators.noise
  const { time, done } = state
  const chosen = Object.entries(state.attributes.value).map(pair => pair.join('='))
  const attributes = chosen.length > 0 ? ` --attributes ${chosen.join(',')}` : ''
  return (
    <p class="note status">
      <output>
        {time.value === undefined
          ? words.drawing(formatCount(done.value), formatCount(tileCount))
          : words.drawn(formatCount(tileCount), formatCount(Math.round(time.value)))}
      </output>
      {state.mode.value === 'samples' ? (
        <span>
          {words.command}{' '}
          <code>
            npx gankit sample {app} --seed {state.seed.value} --count {tileCount}
            {attributes}
          </code>
        </span>
      ) : null}
    </p>
  )
}
