import { type Condition, type Gan, GankitError, lookUp } from '@gankit/core'
import type { DataKind, DataKindFilter, DataOptions } from '@gankit/datasets/node'
import type { Game } from '@gankit/trainer'
import { checkTrainingSettings } from './settings/check.ts'
import type { SettingName, TrainingSettings } from './settings/types.ts'
import type { SampleDescription } from './streams.ts'

/** A model and how it is trained, under a name. */
export interface Preset<Model> {
  /** One line for people. */
  readonly description: string
  /** Options of the model, plain data. */
  readonly model: Model
  readonly training: TrainingSettings
  /** Settings that its game doesn't read, beside those that no game of the app does: their flags are refused. */
  readonly unused?: readonly SettingName[]
}

/** What one stream of an app's game learns from. */
export interface StreamData {
  /** The data where `--data` names none: 'embedded', 'cartoon:20000'. Default: `--data` has to name some. */
  readonly default?: string
  /** The kinds of data that fit the stream, by name or by what they give; others are refused. */
  readonly kinds: readonly DataKind[] | DataKindFilter
  /** Options of the data unless flags say otherwise; kinds of data that don't have an option leave it out. */
  readonly options?: DataOptions
}

/** What one of several streams learns from. */
export interface NamedStreamData extends StreamData {
  /**
   * Whether the stream is there only in runs whose `--data NAME=SPEC` names data for it; it needs no `default`. In an app that learns
   * from pairs it is no part of them: its samples are as many as they are, and come in an order of their own. Default false.
   */
  readonly optional?: boolean
}

/** What an app of one stream learns from. */
export interface AppData extends StreamData {
  readonly default: string
  /** The attributes that `--conditional` without names stands for; 'class' means the labels. */
  readonly conditions?: readonly string[]
}

interface ModelOptions<Model> {
  readonly model: Model
  /** Numbers of noise. */
  readonly latentSize: number
  /** Seed of the networks' initial weights. */
  readonly seed: number
}

/** From what an app of one stream makes its networks. */
export interface CreateOptions<Model> extends ModelOptions<Model> {
  /** The shape of one sample of the data. */
  readonly sampleShape: readonly number[]
  /** What the generator is conditioned on. Default: nothing. */
  readonly condition?: Condition
}

/** From what an app of several streams makes its game. */
export interface CreateStreamsOptions<Model, Stream extends string, Optional extends string = never>
  extends ModelOptions<Model> {
  /** What the samples of each stream are; an optional one without data isn't there. */
  readonly streams: Readonly<Record<Stream, SampleDescription> & Partial<Record<Optional, SampleDescription>>>
  readonly training: TrainingSettings
}

/** How samples of a game with several streams are shown and measured. */
export interface ShownSamples<Stream extends string> {
  /** The generator that makes them, by its name in the game. Default: the first one. */
  readonly generator?: string
  /**
   * The stream whose samples it is given as its condition: the images to translate. Default: its condition is drawn; one
   * that can't be drawn leaves a run without pictures.
   */
  readonly from?: Stream
  /** The stream whose samples they should be like; evaluations and the doctor compare them. Default: they are not compared. */
  readonly like?: Stream
  /**
   * Of an app that learns from pairs: the metrics of outputs beside their targets, by the names of `pairedMetrics` of
   * @gankit/metrics, such as 'psnr-y'. The first one says which generator is the best. A tenth of the pairs is then held out
   * (`splitPairs`), and measured on. Default: evaluations compare samples of `like` with others, as of an app without pairs.
   */
  readonly measures?: readonly string[]
  /** Pixels at each border that these metrics leave out. Default 0. */
  readonly crop?: number
  /** Makes a picture of the size of an input, as inputs were made; for 'back-projection'. */
  readonly reduce?: (output: SamplePicture) => SamplePicture
  /** The colors of labels, where outputs and targets are label maps in colors; for 'miou' and its like. */
  readonly palette?: readonly (readonly [red: number, green: number, blue: number])[]
  /**
   * Who gives labels to pictures, for 'fcn-score' and its like: an app whose generator ships with it, and the kind of data that it knows.
   * Without that app, and with other data, these metrics are left out.
   */
  readonly segmenter?: { readonly app: string; readonly data: DataKind }
  /**
   * Of an app that learns without pairs: data that have them, of which training reads none, and the metrics of outputs beside their
   * targets. They are measured where all streams have this kind of data, with the run's options and this seed.
   */
  readonly counterparts?: {
    readonly data: string
    readonly dataSeed: number
    readonly measures: readonly string[]
  }
  /** What the game's other generators are given, and what their samples should be like, by their names. */
  readonly others?: Readonly<Record<string, { readonly from?: Stream; readonly like?: Stream }>>
}

/** One sample as plain numbers: [height, width, channels], row-major. */
export interface SamplePicture {
  readonly values: ArrayLike<number>
  readonly shape: readonly [height: number, width: number, channels: number]
}

interface AppBase<Model> {
  /** Its name on the command line: that of its package without the scope. */
  readonly name: string
  readonly title: string
  readonly presets: Readonly<Record<string, Preset<Model>>>
  readonly defaultPreset: string
  /** 'dense' for networks of dense layers, which native TensorFlow trains faster on one thread. Default 'convolutional'. */
  readonly workload?: 'dense' | 'convolutional'
  /** Settings that its game doesn't read: their flags are refused, rather than left without an effect. */
  readonly unused?: readonly SettingName[]
  /**
   * Reads what the game needs beside data, such as the weights of a network that its loss looks through. `buildTrainer` awaits it before
   * it calls `createGame`. Default: nothing.
   */
  load?(settings: { readonly model: Model; readonly training: TrainingSettings }): Promise<void>
  /** The folder of a trained generator that comes with the app. */
  readonly generator?: string
  /**
   * Of an app of captions, by kind of data: the folder of networks that embed `captions` and `pictures` in one space, which no generator
   * has seen. 'r-precision' is measured by them.
   */
  readonly matchers?: Readonly<Record<string, string>>
  /** Further ones, by the names that `--generator` chooses by. */
  readonly generators?: Readonly<Record<string, ShippedGenerator>>
}

/** A trained generator that comes with an app. */
export interface ShippedGenerator {
  readonly folder: string
  /** By stream the options of the data that it learned from, in place of the usual ones. Default: the usual ones. */
  readonly dataOptions?: Readonly<Record<string, DataOptions>>
}

interface OneStreamApp<Model> extends AppBase<Model> {
  readonly data: AppData
  readonly streams?: never
}

/** An app that trains a generator against a discriminator, as the training settings say. */
export interface GanApp<Model = unknown> extends OneStreamApp<Model> {
  createGan(options: CreateOptions<Model>): Gan
  readonly createGame?: never
}

/** An app with a game of its own, which reads one stream: other networks, other updates. */
export interface GameApp<Model = unknown> extends OneStreamApp<Model> {
  createGame(options: CreateOptions<Model> & { readonly training: TrainingSettings }): Game
  readonly createGan?: never
}

/**
 * An app with a game that reads several streams: photos and paintings, or the inputs and targets of pairs. `Optional` are the names of
 * those that are there only where they have data.
 */
export interface StreamsApp<Model = unknown, Stream extends string = string, Optional extends string = never>
  extends AppBase<Model> {
  /** What each stream learns from, by the names that the game reads. */
  readonly streams: Readonly<Record<Stream | Optional, NamedStreamData>>
  /**
   * Whether sample n of every stream but the optional ones belongs together, as an input and its target do: the streams then have as many
   * samples, and come in the same order with the same augmentation. Default: each stream comes in an order of its own.
   */
  readonly paired?: boolean
  /** How samples of the game are shown and measured. Default: those of the first generator, where they can be drawn. */
  readonly samples?: ShownSamples<Stream>
  createGame(options: CreateStreamsOptions<Model, Stream, Optional>): Game
  readonly createGan?: never
  readonly data?: never
}

/** An application: data, a model and presets, which the commands train. */
export type App<Model = unknown> = GanApp<Model> | GameApp<Model> | StreamsApp<Model>

/** Lets TypeScript check an app, and checks its presets and streams. @throws GankitError for settings or names that are wrong */
export function defineApp<Model>(app: GanApp<Model>): GanApp<Model>
export function defineApp<Model>(app: GameApp<Model>): GameApp<Model>
export function defineApp<Model, Stream extends string, Optional extends string = never>(
  app: StreamsApp<Model, Stream, Optional>,
): StreamsApp<Model, Stream, Optional>
export function defineApp<Model>(app: App<Model>): App<Model> {
  const { name, presets, defaultPreset } = app
  if (app.streams) checkStreamNames(app)
  for (const [preset, { training }] of Object.entries(presets))
    checkTrainingSettings(training, `preset '${preset}' of ${name}`)
  lookUp('experiment', `defaultPreset of ${name}`, defaultPreset, presets)
  return app
}

/**
 * @throws GankitError where there is no stream that is always there, where a name can't be typed, where samples name none of these, and
 *   where they are to be measured beside targets that nothing names
 */
function checkStreamNames({ name, streams, paired, samples = {} }: StreamsApp): void {
  const names = listStreamNames({ streams })
  const wrong = Object.keys(streams).find(stream => !/^[A-Za-z][\w-]*$/.test(stream))
  if (names.length === 0 || wrong !== undefined)
    throw new GankitError(
      'experiment',
      'option',
      `${name} has ${wrong === undefined ? `no stream${Object.keys(streams).length > 0 ? ' but optional ones' : ''}` : `a stream '${wrong}'`}, expected streams with names of letters, digits, - and _`,
    )
  const always = Object.fromEntries(names.map(stream => [stream, streams[stream]]))
  for (const end of ['from', 'like'] as const)
    if (samples[end] !== undefined) lookUp('experiment', `samples.${end} of ${name}`, samples[end], always)
  if (samples.measures && !(paired && samples.from && samples.like && samples.measures.length > 0))
    throw new GankitError(
      'experiment',
      'option',
      `${name} has samples.measures [${samples.measures.join(', ')}], expected some, together with paired, samples.from and samples.like: outputs are measured beside the targets of their inputs`,
    )
}

/** The names of an app's streams without the optional ones: those that every run has. */
export function listStreamNames({ streams }: Pick<StreamsApp, 'streams'>): readonly string[] {
  return Object.keys(streams).filter(name => !streams[name]!.optional)
}

/**
 * The folder of an app's files, such as its trained generator: a path in Node, and in a page, where nothing lies on a disk, an address. So
 * the module of an app loads in both.
 * @param relative such as '../generator'
 * @param base `import.meta.url` of the app's module
 */
export function resolveFolder(relative: string, base: string | URL): string {
  const { protocol, href, host, pathname } = new URL(relative, base)
  if (protocol !== 'file:') return href
  const path = decodeURIComponent(pathname)
  const onDrive = /^\/[A-Za-z]:/.test(path)
  if (!onDrive && host === '') return path
  return (onDrive ? path.slice(1) : `//${host}${path}`).replaceAll('/', '\\')
}

/** A preset of an app, the default one where no name is given. @throws GankitError that lists the presets */
export function selectPreset<Model>(
  app: App<Model>,
  name: string = app.defaultPreset,
): [name: string, preset: Preset<Model>] {
  return [name, lookUp('experiment', `preset of ${app.name}`, name, app.presets)]
}
