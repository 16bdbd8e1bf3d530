import { type Language, languages } from '@gankit/page-kit/language'
import { type BilinearSettings, bilinearDefaults, methods } from '../zero-sum/settings.ts'
import { maxSteps } from './bounds.ts'
import { type Codec, choice, flag, number, text } from './codecs.ts'
import { changes, gameCodecs } from './game-codecs.ts'
import { defaultSettings, type GameSettings, hasTrainedStart } from './game-settings.ts'
import type { Change } from './live-settings.ts'
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
