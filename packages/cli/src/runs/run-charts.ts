import { isGankitError } from '@gankit/core'
import { createObjective } from '@gankit/losses'
import type { Chart } from '@gankit/visualization/node'
import type { TrainingSettings } from '../app.ts'
import { type FigureName, figureNames } from './history.ts'
import type { Run } from './read-run.ts'

/** A plot of a run, and whether a terminal needs a logarithmic axis to show it. */
export interface RunChart extends Chart {
  readonly log?: boolean
}

const names: Readonly<Record<FigureName, string>> = {
  lossD: 'loss D',
  lossG: 'loss G',
  dReal: 'D(real)',
  dFake: 'D(fake)',
  gradientD: 'gradient D',
  gradientG: 'gradient G',
}

/** The plots of a run: losses, what D says, and the lengths of the gradients. Those without a single value are left out. */
export function chartsOf(run: Run): RunChart[] {
  const { points } = run.history
  const seriesOf = (...figures: FigureName[]) => {
    const x = points.map(({ step }) => step)
    return figures.map(figure => ({ name: names[figure], x, y: points.map(point => point[figure]) }))
  }
  const charts: RunChart[] = [
    {
      title: 'Losses',
      note: 'Dashed: where both stand at the equilibrium.',
      series: seriesOf('lossD', 'lossG'),
      levels: equilibriumOf(run.config.training.objective),
    },
    {
      title: 'What D says',
      note: 'The chance that it gives to real samples and to fakes: 0.5 when it cannot tell them apart.',
      series: seriesOf('dReal', 'dFake'),
      levels: [{ name: 'cannot tell them apart', y: 0.5 }],
      range: [0, 1],
    },
    {
      title: 'Gradients',
      note: 'Their lengths. One that vanishes learns nothing; one that grows without end diverges.',
      series: seriesOf('gradientD', 'gradientG'),
      log: true,
    },
  ]
  charts.push(...qualityOf(run))
  return charts.filter(({ series }) => series.some(({ y }) => Array.from(y).some(Number.isFinite)))
}

/** Of each figure that was measured a plot, with the level of real samples. */
function qualityOf({ history: { figures } }: Run): RunChart[] {
  const names = [...new Set(figures.flatMap(({ figures: measured }) => Object.keys(measured)))]
  const best = figures.at(-1)?.best
  return names.map(name => {
    const measured = figures.filter(each => each.figures[name])
    const { better, floor } = measured.at(-1)!.figures[name]!
    const kept = best?.metric === name ? ` The best, at step ${best.step.toLocaleString('en')}, is kept.` : ''
    return {
      title: `Quality: ${name}`,
      note: `Of the generator's samples; ${better} is better.${kept}`,
      series: [
        { name, x: measured.map(({ step }) => step), y: measured.map(each => each.figures[name]!.value) },
      ],
      ...(floor !== null && floor !== undefined && { levels: [{ name: 'other real samples', y: floor }] }),
    }
  })
}

function equilibriumOf(objective: TrainingSettings['objective']): { name: string; y: number }[] {
  try {
    const { discriminator, generator } = createObjective(objective).equilibrium
    return [
      { name: 'loss D at the equilibrium', y: discriminator },
      { name: 'loss G at the equilibrium', y: generator },
    ]
  } catch (error) {
    // A run of another version may have an objective that this one doesn't know; its curves are worth a look.
    if (isGankitError(error)) return []
    throw error
  }
}

/** What `gankit inspect --json` tells of a curve. */
export interface CurveSummary {
  readonly points: number
  readonly first: number | null
  readonly last: number | null
  readonly min: number | null
  readonly max: number | null
}

/** Each figure's curve in four numbers, over the steps that have it. */
export function curveSummaries({ history: { points } }: Run): Record<FigureName, CurveSummary> {
  const entries = figureNames.map(name => {
    const values = points.map(point => point[name]).filter(Number.isFinite)
    const summary: CurveSummary = {
      points: values.length,
      first: values[0] ?? null,
      last: values.at(-1) ?? null,
      min: values.length > 0 ? values.reduce((a, b) => Math.min(a, b)) : null,
      max: values.length > 0 ? values.reduce((a, b) => Math.max(a, b)) : null,
    }
    return [name, summary] as const
  })
  return Object.fromEntries(entries) as Record<FigureName, CurveSummary>
}
