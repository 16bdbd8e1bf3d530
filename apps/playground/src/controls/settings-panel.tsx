import { Check, NumberSelect, Select, WholeNumber } from '@gankit/page-kit'
import type { ComponentChildren, JSX } from 'preact'
import {
  activations,
  type GameSettings,
  hasTrainedStart,
  objectiveNames,
  optimizers,
  orders,
  penaltyNames,
  priors,
  ranges,
} from '../settings/game-settings.ts'
import { changeGame, game, text } from '../state/page-state.ts'
import { DataChoice } from './data-choice.tsx'
import { DrawingEditor } from './drawing-editor.tsx'
import { FilePicker } from './file-picker.tsx'
import { UnitsField } from './units-field.tsx'

const rates = [0.00001, 0.0001, 0.0002, 0.0005, 0.001, 0.002, 0.003, 0.005, 0.01, 0.03, 0.1, 0.3]
const weights = [0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10]

/** Everything that a game depends on. A change starts it anew, unless it may be made while the game goes on. */
export function SettingsPanel(): JSX.Element {
  const words = text.value
  const { sections, fields } = words
  const now = game.value
  const set = (changes: Partial<GameSettings>) => changeGame(changes)
  return (
    <div class="settings">
      <Section title={sections.data}>
        <DataChoice />
        {now.data.startsWith('draw') ? <DrawingEditor key={now.data} /> : null}
        {now.data.startsWith('file') ? <FilePicker /> : null}
        <Select
          label={fields.range}
          value={now.range}
          options={ranges}
          name={range => words.range[range]}
          onChange={range => set({ range })}
        />
        {hasTrainedStart(now) ? (
          <Check
            label={fields.trained}
            checked={now.start === 'trained'}
            onChange={trained => set({ start: trained ? 'trained' : 'new' })}
          />
        ) : null}
      </Section>
      <Section title={sections.game}>
        <Select
          label={fields.objective}
          value={now.objective}
          options={objectiveNames}
          name={name => words.objective[name]}
          onChange={objective => set({ objective })}
        />
        {now.objective === 'signed-minimax' ? (
          <NumberSelect
            label={fields.threshold}
            value={now.threshold}
            options={[0.1, 0.3, 0.5, 0.7, 0.9]}
            onChange={threshold => set({ threshold })}
          />
        ) : null}
        <Select
          label={fields.penalty}
          value={now.penalty}
          options={penaltyNames}
          name={name => words.penalty[name]}
          onChange={penalty =>
            // Each kind has a weight of its own that is usual.
            set({ penalty, penaltyWeight: penalty === 'gradient-penalty' ? 10 : 0.1 })
          }
        />
        {now.penalty === 'none' ? null : (
          <NumberSelect
            label={fields.weight}
            value={now.penaltyWeight}
            options={weights}
            onChange={penaltyWeight => set({ penaltyWeight })}
          />
        )}
        <Select
          label={fields.order}
          value={now.order}
          options={orders}
          name={order => words.order[order]}
          onChange={order => set({ order })}
        />
        <NumberSelect
          label={fields.k}
          value={now.discriminatorSteps}
          options={[1, 2, 3, 5, 10]}
          onChange={discriminatorSteps => set({ discriminatorSteps })}
        />
        <NumberSelect
          label={fields.generatorSteps}
          value={now.generatorSteps}
          options={[1, 2, 3, 5, 10]}
          onChange={generatorSteps => set({ generatorSteps })}
        />
        <NumberSelect
          label={fields.batch}
          value={now.batch}
          options={[8, 16, 32, 64, 128, 256, 512]}
          onChange={batch => set({ batch })}
        />
        <div class="with-button">
          <WholeNumber
            label={fields.seed}
            value={now.seed}
            min={0}
            max={2 ** 32 - 1}
            onChange={seed => seed !== undefined && set({ seed })}
          />
          <button type="button" onClick={() => set({ seed: (now.seed + 1) % 2 ** 32 })}>
            {fields.nextSeed}
          </button>
        </div>
      </Section>
      <Section title={sections.generator} kind="generator">
        <UnitsField
          label={fields.hidden}
          value={now.generatorHidden}
          onChange={generatorHidden => set({ generatorHidden })}
        />
        <Select
          label={fields.activation}
          value={now.generatorActivation}
          options={activations}
          name={name => words.activation[name]}
          onChange={generatorActivation => set({ generatorActivation })}
        />
        <Select
          label={fields.optimizer}
          value={now.generatorOptimizer}
          options={optimizers}
          name={name => words.optimizer[name]}
          onChange={generatorOptimizer => set({ generatorOptimizer })}
        />
        <NumberSelect
          label={fields.rate}
          value={now.generatorRate}
          options={rates}
          onChange={generatorRate => set({ generatorRate })}
        />
        <NumberSelect
          label={`${sections.latent}: ${fields.latentSize}`}
          value={now.latentSize}
          options={[1, 2, 3, 5, 10, 50]}
          onChange={latentSize => set({ latentSize })}
        />
        <Select
          label={`${sections.latent}: ${fields.prior}`}
          value={now.prior}
          options={priors}
          name={name => words.prior[name]}
          onChange={prior => set({ prior })}
        />
        <Check
          label={fields.batchNormalization}
          checked={now.batchNormalization}
          onChange={batchNormalization => set({ batchNormalization })}
        />
      </Section>
      <Section title={sections.discriminator} kind="discriminator">
        <UnitsField
          label={fields.hidden}
          value={now.discriminatorHidden}
          onChange={discriminatorHidden => set({ discriminatorHidden })}
        />
        <Select
          label={fields.activation}
          value={now.discriminatorActivation}
          options={activations}
          name={name => words.activation[name]}
          onChange={discriminatorActivation => set({ discriminatorActivation })}
        />
        <Select
          label={fields.optimizer}
          value={now.discriminatorOptimizer}
          options={optimizers}
          name={name => words.optimizer[name]}
          onChange={discriminatorOptimizer => set({ discriminatorOptimizer })}
        />
        <NumberSelect
          label={fields.rate}
          value={now.discriminatorRate}
          options={rates}
          onChange={discriminatorRate => set({ discriminatorRate })}
        />
      </Section>
      <p class="note">{words.note}</p>
    </div>
  )
}

interface SectionProps {
  readonly title: string
  readonly kind?: 'generator' | 'discriminator'
  readonly children: ComponentChildren
}

function Section({ title, kind, children }: SectionProps): JSX.Element {
  return (
    <details class={`section ${kind ?? ''}`} open>
      <summary>
        <h3>{title}</h3>
      </summary>
      <div class="fields">{children}</div>
    </details>
  )
}
