import { Check, Select, WholeNumber } from '@gankit/page-kit'
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import type { CatalogApp } from '../apps/catalog.ts'
import { text } from '../state/language.ts'
import type { TrainingClient } from './client.ts'
import { OwnPictures } from './own-pictures.tsx'
import type { ChosenData, RunPlan } from './protocol.ts'

const backends = ['auto', 'webgpu', 'webgl', 'wasm', 'cpu'] as const
type BackendName = (typeof backends)[number]

/** The greatest values that can be typed. */
const [maxSteps, maxBatch] = [10_000_000, 4096]
/** Pictures, checkpoints and evaluations of a run, and the steps between two of each, at least. */
const [partsOfRun, minPart, minEvaluated] = [20, 10, 50]

/** What was typed about a new run; undefined is what the preset says. */
export class PlanDraft {
  readonly preset = signal<string | undefined>(undefined)
  readonly steps = signal<number | undefined>(undefined)
  readonly batch = signal<number | undefined>(undefined)
  readonly seed = signal<number | undefined>(undefined)
  readonly backend = signal<BackendName>('auto')
  readonly conditional = signal(false)
  readonly measured = signal(true)
  readonly data = signal<RunPlan['data']>({})
}

interface Props {
  readonly app: CatalogApp
  readonly client: TrainingClient
  readonly draft: PlanDraft
}

/** What a new run is to be. */
export function PlanForm({ app, client, draft }: Props): JSX.Element {
  const words = text.value.training
  const description = client.description.value
  const { preset, steps, batch, seed, backend, conditional, measured, data } = draft
  if (!description) return <p class="note">{words.loading}</p>
  const name = preset.value ?? description.defaultPreset
  const chosen = description.presets.find(each => each.name === name)!
  const begin = () => {
    const part = Math.floor((steps.value ?? chosen.steps) / partsOfRun)
    client.begin({
      app: app.name,
      preset: name,
      seed: seed.value ?? 0,
      backend: backend.value,
      conditional: conditional.value,
      data: data.value,
      flags: {
        ...(steps.value !== undefined && { steps: steps.value }),
        ...(batch.value !== undefined && { batch: batch.value }),
        sampleEvery: Math.max(minPart, part),
        checkpointEvery: Math.max(minPart, part),
        ...(measured.value && { evaluateEvery: Math.max(minEvaluated, part) }),
      },
    })
  }
  return (
    <form
      class="plan-form"
      onSubmit={event => {
        event.preventDefault()
        begin()
      }}
    >
      <div class="fields">
        <Select
          label={words.preset}
          value={name}
          options={description.presets.map(each => each.name)}
          onChange={value => {
            preset.value = value
          }}
        />
        <p class="note">{chosen.description}</p>
        <WholeNumber
          label={words.steps}
          value={steps.value}
          min={1}
          max={maxSteps}
          placeholder={String(chosen.steps)}
          onChange={value => {
            steps.value = value
          }}
        />
        <WholeNumber
          label={words.batch}
          value={batch.value}
          min={2}
          max={maxBatch}
          placeholder={String(chosen.batch)}
          onChange={value => {
            batch.value = value
          }}
        />
        <WholeNumber
          label={words.seed}
          value={seed.value}
          min={0}
          max={2 ** 31 - 1}
          placeholder="0"
          onChange={value => {
            seed.value = value
          }}
        />
        <Select
          label={words.backend}
          value={backend.value}
          options={backends}
          name={value => words.backends[value]}
          onChange={value => {
            backend.value = value
          }}
        />
        <Check
          label={words.measured}
          checked={measured.value}
          onChange={checked => {
            measured.value = checked
          }}
        />
        {description.canCondition && Object.keys(data.value).length === 0 ? (
          <Check
            label={words.conditional}
            checked={conditional.value}
            onChange={checked => {
              conditional.value = checked
            }}
          />
        ) : null}
      </div>
      <OwnPictures
        app={app}
        streams={description.streams}
        chosen={data.value}
        onChange={(value: Readonly<Record<string, ChosenData>>) => {
          data.value = value
          conditional.value = false
        }}
      />
      <button type="submit" class="primary">
        {words.begin}
      </button>
    </form>
  )
}
