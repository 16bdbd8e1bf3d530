import { type Language, languages } from '@gankit/page-kit/language'
import { type BilinearSettings, bilinearDefaults, methods } from '../zero-sum/settings.ts'
import { maxBatch, maxLatentSize, maxSteps, maxUpdates, parseUnits } from './bounds.ts'
import {
  activations,
  dataNames,
  defaultSettings,
  type GameSettings,
  hasTrainedStart,
  objectiveNames,
  optimizers,
  orders,
  penaltyNames,
  priors,
  ranges,
  starts,
} from './game-settings.ts'
import { type Change, liveNames, maxChanges } from './live-settings.ts'
import {
  defaultViews,
  layerNames,
  maxOpacity,
  minOpacity,
  type Opacities,
  type Views,
  viewNames,
} from './views.ts'

export const scenes = ['game', 'bilinear', 'rock-paper-scissors'] as const
export type Scene = (typeof scenes)[number]
export const speeds = ['by-hand', 'slow', 'medium', 'fast'] as const
export type Speed = (typeof speeds)[number]

/** All that a link holds. */
export interface UrlState {
  readonly scene: Scene
  /** The settings at the start. */
  readonly game: GameSettings
  /** Settings that change while it is played, in the order of their steps. */
  readonly changes: readonly Change[]
  readonly zeroSum: BilinearSettings
  readonly views: Views
  readonly opacities: Opacities
  readonly speed: Speed
  /** The step at which the game stands still; undefined where it goes on. */
  readonly steps: number | undefined
  /** Whether it starts by itself. */
  readonly play: boolean
  /** The experiment that the settings were taken from, and which of its settings: 'mode-collapse.1'. */
  readonly experiment: string | undefined
  /** Undefined: the browser's own. */
  readonly language: Language | undefined
}

/** A setting as text of a link. `parse` gives undefined for what is out of range. */
interface Codec<Value> {
  readonly key: string
  parse(text: string): Value | undefined
  format(value: Value): string
}

function choice<Name extends string>(key: string, names: readonly Name[]): Codec<Name> {
  return { key, parse: text => names.find(name => name === text), format: name => name }
}

function number(key: string, min: number, max: number, whole = false): Codec<number> {
  const fits = (value: number) => value >= min && value <= max && (!whole || Number.isInteger(value))
  return {
    key,
    parse: text => (text.trim() !== '' && fits(Number(text)) ? Number(text) : undefined),
    format: String,
  }
}

function text(key: string, pattern: RegExp): Codec<string> {
  return { key, parse: value => (pattern.test(value) ? value : undefined), format: value => value }
}

function units(key: string): Codec<readonly number[]> {
  return { key, parse: parseUnits, format: counts => counts.join('-') }
}

const flag = (key: string): Codec<boolean> => ({
  key,
  parse: value => (value === '1' ? true : value === '0' ? false : undefined),
  format: value => (value ? '1' : '0'),
})

const packed = /^[\w-]{0,12000}$/
const rate = (key: string) => number(key, 1e-7, 100)

const gameCodecs: { readonly [Name in keyof GameSettings]: Codec<GameSettings[Name]> } = {
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

const zeroSumCodecs: { readonly [Name in keyof BilinearSettings]: Codec<BilinearSettings[Name]> } = {
  method: choice('method', methods),
  rate: number('eta', 0.001, 1),
  x: number('x', -2, 2),
  y: number('y', -2, 2),
}

/** Words as 'real.40_fake.80'. */
const opacities: Codec<Opacities> = {
  key: 'opacity',
  parse(value) {
    const words = value.split('_').map(word => word.split('.'))
    const fits = words.every(
      ([name, percent, ...rest]) =>
        (layerNames as readonly string[]).includes(name!) && isPercent(percent) && rest.length === 0,
    )
    return fits ? Object.fromEntries(words.map(([name, percent]) => [name, Number(percent)])) : undefined
  },
  format: values =>
    layerNames
      .filter(name => (values[name] ?? maxOpacity) !== maxOpacity)
      .map(name => `${name}.${values[name]}`)
      .join('_'),
}

function isPercent(text: string | undefined): boolean {
  return /^\d{1,3}$/.test(text ?? '') && Number(text) >= minOpacity && Number(text) <= maxOpacity
}

/** Words as '500:grate=0.01:k=2_900:loss=hinge': the step, and what is other from there on. */
const changes: Codec<readonly Change[]> = {
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
const scene = choice('scene', scenes)
const speed = choice('speed', speeds)
const steps = number('steps', 1, maxSteps, true)
const play = flag('play')
const language = choice('lang', languages)
const experiment = text('experiment', /^[a-z-]{1,40}\.\d$/)

/** What a link says, and the words of it that nobody understands, which are passed over. */
export interface ParsedUrl {
  readonly state: UrlState
  readonly faults: readonly string[]
}

/** Reads the part of an address behind '#'. */
export function parseUrlState(hash: string): ParsedUrl {
  const given = new URLSearchParams(hash.replace(/^#/, ''))
  const faults: string[] = []
  function read<Value>(codec: Codec<Value>): Value | undefined {
    const value = given.get(codec.key)
    given.delete(codec.key)
    if (value === null) return undefined
    const parsed = codec.parse(value)
    if (parsed === undefined) faults.push(`${codec.key}=${value.slice(0, 40)}`)
    return parsed
  }
  function readAll<Record extends object>(
    codecs: { readonly [Name in keyof Record]: Codec<Record[Name]> },
    defaults: Record,
  ): Record {
    const names = Object.keys(codecs) as (keyof Record)[]
    return Object.fromEntries(names.map(name => [name, read(codecs[name]) ?? defaults[name]])) as Record
  }
  /** Other networks than those that were trained can't start with their weights. */
  function readStart(given: GameSettings): GameSettings {
    if (given.start !== 'trained' || hasTrainedStart(given)) return given
    faults.push('start=trained')
    return { ...given, start: 'new' }
  }
  const data = read(gameCodecs.data) ?? 'ring'
  const hidden = (given.get('off') ?? '').split('.').filter(Boolean)
  const shown = (given.get('on') ?? '').split('.').filter(Boolean)
  for (const name of [...hidden, ...shown])
    if (!(viewNames as readonly string[]).includes(name)) faults.push(`on=${name.slice(0, 40)}`)
  given.delete('off')
  given.delete('on')
  const game = readStart(readAll(gameCodecs, defaultSettings(data)))
  const state: UrlState = {
    scene: read(scene) ?? 'game',
    game,
    changes: read(changes) ?? [],
    zeroSum: readAll(zeroSumCodecs, bilinearDefaults),
    views: Object.fromEntries(
      viewNames.map(name => [
        name,
        hidden.includes(name) ? false : shown.includes(name) ? true : defaultViews[name],
      ]),
    ) as unknown as Views,
    opacities: read(opacities) ?? {},
    speed: read(speed) ?? 'fast',
    steps: read(steps),
    play: read(play) ?? false,
    experiment: read(experiment),
    language: read(language),
  }
  return { state, faults: [...faults, ...[...given.keys()].map(key => key.slice(0, 40))] }
}

/** Writes a state as the part of an address behind '#', without what is as it always is. */
export function formatUrlState(state: UrlState): string {
  const words: string[] = []
  function write<Value>(codec: Codec<Value>, value: Value | undefined, normal?: Value): void {
    if (
      value !== undefined &&
      codec.format(value) !== (normal !== undefined ? codec.format(normal) : undefined)
    )
      words.push(`${codec.key}=${codec.format(value)}`)
  }
  function writeAll<Record extends object>(
    codecs: { readonly [Name in keyof Record]: Codec<Record[Name]> },
    values: Record,
    defaults: Record,
  ): void {
    for (const name of Object.keys(codecs) as (keyof Record)[])
      write(codecs[name], values[name], defaults[name])
  }
  write(scene, state.scene, 'game')
  if (state.scene === 'game') {
    write(gameCodecs.data, state.game.data, 'ring')
    writeAll(gameCodecs, state.game, defaultSettings(state.game.data))
    const changed = viewNames.filter(name => state.views[name] !== defaultViews[name])
    const [on, off] = [true, false].map(shown =>
      changed.filter(name => state.views[name] === shown).join('.'),
    )
    if (on) words.push(`on=${on}`)
    if (off) words.push(`off=${off}`)
    write(changes, state.changes, [])
    write(opacities, state.opacities, {})
  } else writeAll(zeroSumCodecs, state.zeroSum, bilinearDefaults)
  write(speed, state.speed, 'fast')
  write(steps, state.steps)
  write(play, state.play, false)
  write(experiment, state.experiment)
  write(language, state.language)
  return words.length > 0 ? `#${words.join('&')}` : ''
}
