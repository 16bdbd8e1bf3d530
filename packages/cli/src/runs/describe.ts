import { formatNumber } from '@gankit/core'
import {
  listStreams,
  type PlannedData,
  type RecordOf,
  type RunConfig,
  type RunHistory,
} from '@gankit/experiment'
import type { Run } from '@gankit/experiment/node'
import type { OptimizerSettings } from '@gankit/trainer/optimizers'
import type { Command, Incident } from '@gankit/visualization/node'
import { formatCount } from '../terminal/format.ts'
import { formatCommand, shortenPath } from '../terminal/terminal.ts'

/** The configuration of a run in a few lines, each a name and a text; config.json has all of it. */
export function describeConfig({
  config,
  app,
  preset,
  version,
  history,
}: Run): [name: string, text: string][] {
  if (!config) return [['app', `${app}, preset ${preset}, version ${version} of gankit's runs`]]
  const { seed, training, backend, versions } = config
  const { batch, latentSize, discriminatorSteps, objective, optimizers } = training
  // A game of several streams starts from their samples, and noise of its own is the model's.
  const latent = config.streams ? '' : `, latent ${latentSize}`
  const name = typeof objective === 'string' ? objective : objective.name
  const updates = `${discriminatorSteps} ${discriminatorSteps === 1 ? 'update' : 'updates'} of D a step`
  const hasD = trainsDiscriminator(history)
  return [
    ['app', `${app}, preset ${preset}, seed ${seed}`],
    ...listStreams(config).map(([stream, data]): [string, string] => ['data', describeData(stream, data)]),
    ['training', hasD ? `${name}, batch ${batch}${latent}, ${updates}` : `batch ${batch}${latent}`],
    [
      'optimizer',
      `G ${describeOptimizer(optimizers.generator)}${hasD ? `, D ${describeOptimizer(optimizers.discriminator)}` : ''}`,
    ],
    ['backend', `${backend.name}, ${backend.precision}, gankit ${versions.gankit}`],
  ]
}

/** Whether a run has updated a D, by the scalars of its steps: a game may have none, or one that never plays. True before the first. */
function trainsDiscriminator({ points }: RunHistory): boolean {
  return (
    points.length === 0 ||
    points.some(({ scalars }) => Object.keys(scalars).some(name => /discriminator/i.test(name)))
  )
}

/** 'photos, folder:/pictures/photos, size 64'; without the stream's name where there is only one. */
function describeData(stream: string | undefined, { data, dataOptions }: PlannedData): string {
  const options = Object.entries(dataOptions).map(([name, value]) => `${name} ${value}`)
  return [...(stream === undefined ? [] : [stream]), data, ...options].join(', ')
}

function describeOptimizer({ name, learningRate }: OptimizerSettings): string {
  if (learningRate === undefined) return name
  return `${name} ${typeof learningRate === 'number' ? learningRate : `${learningRate.name} from ${learningRate.from}`}`
}

/** What stands above a run's report or page: the title of its app; for an earlier run, which has none, the words of its name. */
export function chooseRunTitle({ config, app }: Pick<Run, 'config' | 'app'>): string {
  return config?.title ?? splitName(app)
}

/** 'face-generation' as 'Face generation'. */
export function splitName(name: string): string {
  const words = name.replaceAll(/[-_\s]+/g, ' ').trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What happened in a run beside its steps, in the order of the steps. */
export function listIncidents({ findings, warnings, rollbacks, steered }: RunHistory): Incident[] {
  const all: Incident[] = [
    ...findings.map(({ step, name, evidence, advice }) => ({
      kind: 'finding' as const,
      step,
      title: splitName(name),
      evidence,
      advice,
    })),
    ...warnings.map(({ step, message }) => ({ kind: 'warning' as const, step, title: message })),
    ...rollbacks.map(({ step, to, player, cause, attempt, tries, learningRateScale }) => ({
      kind: 'rollback' as const,
      step,
      title: `Back to step ${formatCount(to)}`,
      evidence: `The ${player}'s ${cause} was not finite. ${attempt > tries ? `No try of ${tries} was left, and the run failed.` : `This was try ${attempt} of ${tries}. From here the learning rates are ${learningRateScale} of what they were set to.`}`,
    })),
    ...steered.map((record, i) => ({
      kind: 'steered' as const,
      step: record.step,
      title: describeSteered(record, steered[i - 1]),
    })),
  ]
  return all.sort((a, b) => a.step - b.step)
}

/** What whoever steers a run changed: 'Paused', 'Learning rates × 0.5'. */
export function describeSteered(
  { paused, learningRateScale, checkpoint }: Omit<RecordOf<'steered'>, 'type' | 'step'>,
  before: Pick<RecordOf<'steered'>, 'paused' | 'learningRateScale'> = { paused: false, learningRateScale: 1 },
): string {
  const isScaled = learningRateScale !== before.learningRateScale
  const changes = [
    ...(paused === before.paused ? [] : [paused ? 'paused' : 'goes on']),
    ...(isScaled ? [`learning rates × ${formatNumber(learningRateScale)}`] : []),
    ...(checkpoint && !isScaled ? ['checkpoint asked for'] : []),
  ]
  const text = changes.join(', ') || 'nothing changed'
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What to type next, from the working folder. A run of another version can only be looked at. */
export function listNextCommands({
  path,
  config,
  state,
  step,
  steps,
  checkpoints,
  hasModel,
}: Run): Command[] {
  const near = shortenPath(path)
  const commands: Command[] = []
  if (!config) return commands
  const isUnfinished = step < steps && state !== 'failed'
  if (checkpoints.length > 0 && state !== 'running') {
    const further = isUnfinished ? [] : ['--steps', String(2 * Math.max(step, steps))]
    commands.push({
      purpose: isUnfinished ? 'Go on to the end' : 'Train further',
      command: formatCommand('train', '--resume', near, ...further),
    })
  }
  if (hasModel)
    commands.push(
      translatesPictures(config)
        ? { purpose: 'Translate a picture', command: formatTranslate(near) }
        : {
            purpose: 'Draw new samples',
            command: formatCommand('sample', near, '--count', '100', '--out', 'samples.png'),
          },
    )
  return commands
}

/** Whether a run's generators turn pictures into others: its game has several streams, all of pictures. */
function translatesPictures({ streams }: RunConfig): boolean {
  return (
    Object.values(streams ?? {}).every(({ dataset }) => dataset.sampleShape.length === 3) &&
    streams !== undefined
  )
}

/** The command that turns a picture into another by a run's generator. */
export function formatTranslate(run: string, ...flags: readonly string[]): string {
  return formatCommand('translate', run, 'picture.png', '--out', 'translated.png', ...flags)
}
