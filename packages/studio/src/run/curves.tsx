import { Chart, type Curve, formatCount, formatValue, type Level, palette } from '@gankit/page-kit'
import { needsLogAxis } from '@gankit/visualization'
import type { JSX } from 'preact'
import { text } from '../state/language.ts'
import type { RunState } from './run-state.ts'

/** The curves of a run: its scalars as the game groups them, then how good its samples are. */
export function RunCurves({ run }: { readonly run: RunState }): JSX.Element {
  const words = text.value.run
  const { points, scalars } = run.history.value
  if (points.length === 0) return <p class="note">{words.curves.none}</p>
  const steps = Float64Array.from(points, ({ step }) => step)
  const titles = [...new Set(scalars.map(({ chart }) => chart))]
  const charts = titles.map(title => {
    const own = scalars.filter(({ chart }) => chart === title)
    const curves = own.map(
      ({ name, label }, i): Curve => ({
        name: label,
        values: Float64Array.from(points, point => point.scalars[name] ?? Number.NaN),
        color: colorOf(name, i),
      }),
    )
    const levels = own.flatMap(({ name, equilibrium }, i): Level[] =>
      equilibrium === undefined ? [] : [{ value: equilibrium, color: colorOf(name, i) }],
    )
    return { title, curves, levels }
  })
  return (
    <section class="run-curves" aria-label={words.curves.title}>
      {charts
        .filter(({ curves }) => curves.some(({ values }) => values.some(Number.isFinite)))
        .map(({ title, curves, levels }) => (
          <Chart
            key={title}
            title={title}
            label={words.curves.label(
              title,
              curves.map(({ name, values }) => `${name} ${formatValue(values.at(-1))}`).join(', '),
            )}
            steps={steps}
            curves={curves}
            levels={levels}
            logarithmic={needsLogAxis(curves.map(({ values }) => values))}
          />
        ))}
    </section>
  )
}

/** Metrics over time, each beside the value of other real samples. */
export function RunMetrics({ run }: { readonly run: RunState }): JSX.Element | null {
  const words = text.value.run.metrics
  const { metrics } = run.history.value
  if (metrics.length === 0) return null
  const { best } = metrics.at(-1)!
  const names = [...new Set(metrics.flatMap(({ metrics: measured }) => Object.keys(measured)))]
  return (
    <section class="run-curves" aria-label={words.title}>
      {names.map(name => {
        const measured = metrics.filter(each => each.metrics[name])
        const { value, better, floor } = measured.at(-1)!.metrics[name]!
        const says = [
          `${formatValue(value)}, ${words[better]}`,
          ...(typeof floor === 'number' ? [words.floor(formatValue(floor))] : []),
          ...(best?.metric === name ? [words.best(formatCount(best.step))] : []),
        ].join('; ')
        return (
          <div key={name}>
            <Chart
              title={name}
              label={text.value.run.curves.label(name, says)}
              steps={Float64Array.from(measured, ({ step }) => step)}
              curves={[
                {
                  name: '',
                  values: Float64Array.from(measured, each => each.metrics[name]!.value),
                  color: palette.value.generator,
                },
              ]}
              levels={typeof floor === 'number' ? [{ value: floor, color: palette.value.muted }] : []}
            />
            <p class="note">{says}</p>
          </div>
        )
      })}
    </section>
  )
}

/** D in blue and G in green, as everywhere; what else there is takes turns. */
function colorOf(name: string, i: number): string {
  const { generator, discriminator, data, fakeSide, muted } = palette.value
  if (/^discriminator\/real$/.test(name)) return data
  if (/^discriminator\/fake$/.test(name)) return generator
  if (/^discriminator\b/.test(name)) return discriminator
  if (/^generator\b/.test(name)) return generator
  return [discriminator, generator, fakeSide, data, muted][i % 5]!
}
