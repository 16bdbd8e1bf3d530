import { Chart, type Curve, formatValue, type Level, type Palette, palette } from '@gankit/page-kit'
import type { JSX } from 'preact'
import type { MeasuredReadings, Readings } from '../games/history.ts'
import { opened, snapshot, state, text } from '../state/page-state.ts'

const none: Readings = {
  steps: new Float64Array(),
  discriminatorLoss: new Float64Array(),
  generatorLoss: new Float64Array(),
  real: new Float64Array(),
  fake: new Float64Array(),
}

const noneMeasured: MeasuredReadings = {
  steps: new Float64Array(),
  kl: new Float64Array(),
  js: new Float64Array(),
}

/** Readings over which a curve is smoothed. */
const window = 12

/** Losses beside their equilibrium, D's mean verdicts beside one half, divergences beside those of real samples. */
export function Charts(): JSX.Element {
  const words = text.value.charts
  const { views } = state.value
  const readings = snapshot.value?.readings ?? none
  const measured = snapshot.value?.measured ?? noneMeasured
  const divergences = snapshot.value?.measures.divergences
  const balance = opened.value?.equilibrium
  const colors = palette.value
  const last = (values: Float64Array) => formatValue(values.at(-1))
  return (
    <>
      {views.losses ? (
        <Chart
          title={words.losses}
          label={words.lossesLabel(last(readings.discriminatorLoss), last(readings.generatorLoss))}
          steps={readings.steps}
          curves={[
            curve(words.discriminator, readings.discriminatorLoss, colors.discriminator),
            curve(words.generator, readings.generatorLoss, colors.generator),
          ]}
          levels={
            balance
              ? [
                  level(balance.discriminator, colors.discriminator),
                  level(balance.generator, colors.generator),
                ]
              : []
          }
        />
      ) : null}
      {views.probabilities ? (
        <Chart
          title={words.probabilities}
          label={words.probabilitiesLabel(last(readings.real), last(readings.fake))}
          steps={readings.steps}
          range={[0, 1]}
          curves={[
            curve(words.real, readings.real, colors.data),
            curve(words.fake, readings.fake, colors.generator),
          ]}
          levels={[level(0.5, colors.muted)]}
        />
      ) : null}
      {views.divergences && divergences ? (
        <Chart
          title={words.divergences}
          label={words.divergencesLabel(last(measured.kl), last(measured.js))}
          steps={measured.steps}
          logarithmic
          curves={[
            { name: words.kl, values: measured.kl, color: colors.ink },
            { name: words.js, values: measured.js, color: colors.fakeSide },
          ]}
          levels={[level(divergences.kl.floor, colors.ink), level(divergences.js.floor, colors.fakeSide)]}
        />
      ) : null}
    </>
  )
}

const level = (value: number, color: Palette['ink']): Level => ({ value, color })

function curve(name: string, values: Float64Array, color: string): Curve {
  return { name, values: smooth(values), color }
}

/** A moving average over the last readings, fewer at the start. Batches are small, and single losses jump. */
function smooth(values: Float64Array): Float64Array {
  let [sum, count] = [0, 0]
  return values.map((value, i) => {
    if (Number.isFinite(value)) {
      sum += value
      count++
    }
    const gone = values[i - window]
    if (gone !== undefined && Number.isFinite(gone)) {
      sum -= gone
      count--
    }
    return count > 0 ? sum / count : Number.NaN
  })
}
