import { maxBatch, maxLatentSize, maxSteps, maxUpdates } from './bounds.ts'
import type { Codec } from './codecs.ts'
import { choice, flag, number, text, units } from './codecs.ts'
import {
  activations,
  dataNames,
  type GameSettings,
  objectiveNames,
  optimizers,
  orders,
  penaltyNames,
  priors,
  ranges,
  starts,
} from './game-settings.ts'
import { type Change, liveNames, maxChanges } from './live-settings.ts'

const packed = /^[\w-]{0,12000}$/
const rate = (key: string) => number(key, 1e-7, 100)

/** Each setting of a game as text of a link. */
export const gameCodecs: { readonly [Name in keyof GameSettings]: Codec<GameSettings[Name]> } = {
  data: choice('data', dataNames),
  drawing: text('drawing', packed),
  points: text('points', packed),
  range: choice('range', ranges),
  latentSize: number('z', 1, maxLatentSize, true),
  prior: choice('prior', priors),
  generatorHidden: units('g'),
  generatorActivation: choice('gact', activations),
  batchNormalization: flag('bn'),
  discriminatorHidden: units('d'),
  discriminatorActivation: choice('dact', activations),
  objective: choice('loss', objectiveNames),
  threshold: number('threshold', 0.01, 0.99),
  penalty: choice('penalty', penaltyNames),
  penaltyWeight: number('weight', 1e-6, 1e4),
  generatorOptimizer: choice('gopt', optimizers),
  generatorRate: rate('grate'),
  discriminatorOptimizer: choice('dopt', optimizers),
  discriminatorRate: rate('drate'),
  discriminatorSteps: number('k', 1, maxUpdates, true),
  generatorSteps: number('gk', 1, maxUpdates, true),
  order: choice('order', orders),
  batch: number('batch', 1, maxBatch, true),
  start: choice('start', starts),
  seed: number('seed', 0, 2 ** 32 - 1, true),
}

/** Words as '500:grate=0.01:k=2_900:loss=hinge': the step, and what is other from there on. */
export const changes: Codec<readonly Change[]> = {
  key: 'then',
  parse(text) {
    const read = text.split('_').map(readChange)
    const rises = read.every((each, i) => each && (i === 0 || each.step > read[i - 1]!.step))
    return rises && read.length <= maxChanges ? (read as readonly Change[]) : undefined
  },
  format: all =>
    all.map(({ step, settings }) => [step, ...Object.entries(settings).map(formatLive)].join(':')).join('_'),
}

const liveCodecs = liveNames.map(name => [name, gameCodecs[name] as Codec<unknown>] as const)

function formatLive([name, value]: [string, unknown]): string {
  const codec = gameCodecs[name as keyof GameSettings] as Codec<unknown>
  return `${codec.key}=${codec.format(value)}`
}

function readChange(text: string): Change | undefined {
  const [step, ...words] = text.split(':')
  const at = changeStep.parse(step!)
  const read = words.map(word => {
    const [key, value] = word.split('=')
    const [name, codec] = liveCodecs.find(([, each]) => each.key === key) ?? []
    return [name, value === undefined ? undefined : codec?.parse(value)] as const
  })
  return at === undefined || read.length === 0 || read.some(([, value]) => value === undefined)
    ? undefined
    : { step: at, settings: Object.fromEntries(read) }
}

const changeStep = number('then', 1, maxSteps, true)
