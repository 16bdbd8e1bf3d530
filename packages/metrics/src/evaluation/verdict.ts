import type { ValueCount, Variety } from '../classifier/variety.ts'
import type { MetricValue } from './metric-value.ts'

/** What kind of fault, or none, the metrics of a generator show. */
export type VerdictName = 'good' | 'close' | 'collapsed' | 'copied' | 'alike' | 'unlike' | 'incomplete'

/** What the metrics of a generator say together. */
export interface Verdict {
  readonly name: VerdictName
  /** Two to four: what the samples are, which classes are missing or rare, what is good and bad, and which figures mislead. */
  readonly sentences: readonly string[]
}

type Metrics = Readonly<Record<string, MetricValue>>

/** The bounds of the verdict; docs/metrics-curves.md says what they were taken from. All are shares of the floor but `copying`. */
const bounds = {
  /** From this share of its floor on a metric is good: other splits of real samples stay above it. */
  good: 0.9,
  /** Below this share it is bad. */
  bad: 0.5,
  /** Fakes that cover less are a few pictures. */
  collapsed: 0.1,
  /** Fakes are crowded above this density where their recall isn't good … */
  crowded: 1.3,
  /** … and below this recall whatever their density. */
  alike: 0.2,
  /** Below this coverage a part of the data is missing. */
  whole: 0.85,
  /** Distances up to this many floors are good, and bad above the other. */
  near: 2,
  far: 10,
  /** The p-value below which fakes are copies (Meehan et al. 2020), and the one that chance seldom goes below. */
  copying: 0.001,
  chance: 0.05,
} as const

/** Metrics that are judged, and by which rule. Others depend on too much that is not in their value. */
const judged: Readonly<Record<string, 'share' | 'distance' | 'p-value'>> = {
  'frechet-distance': 'distance',
  precision: 'share',
  recall: 'share',
  coverage: 'share',
  'inception-score': 'share',
  'condition-accuracy': 'share',
  'data-copying-p': 'p-value',
}

/** Figures that one good picture over and over has the best values of. */
const blindToVariety = ['precision', 'density', 'confidence', 'data-copying-p']

/**
 * Says in two or three sentences what metrics of `evaluate` mean together: one figure alone may mislead, such as the
 * precision of a generator that makes one picture. Metrics are held against their floors.
 * @param variety what a classifier misses among the fakes: samples that lack a class aren't good, whatever the figures say
 * @returns undefined where none of the metrics that it knows was measured
 */
export function judgeMetrics(metrics: Metrics, variety?: Variety): Verdict | undefined {
  const groups: Record<Grade, string[]> = { good: [], between: [], bad: [] }
  for (const name of Object.keys(judged)) {
    const grade = gradeMetric(metrics[name])
    if (grade) groups[grade].push(name)
  }
  if (Object.values(groups).every(names => names.length === 0)) return undefined
  const name = nameLack(nameFault(metrics, groups), variety)
  const misleading =
    name === 'collapsed'
      ? blindToVariety.filter(each => looksGood(metrics[each]))
      : name === 'alike'
        ? groups.bad.filter(each => each === 'data-copying-p')
        : []
  const caveat = describeMisleading(name, misleading, metrics)
  return {
    name,
    sentences: [
      describeFault(name, metrics),
      describeVariety(name, variety),
      describeGroups(groups, misleading, metrics),
      ...(caveat === '' ? [] : [caveat]),
    ].filter(sentence => sentence !== ''),
  }
}

type Grade = 'good' | 'between' | 'bad'

function gradeMetric(metric: MetricValue | undefined): Grade | undefined {
  if (!metric || !Number.isFinite(metric.value)) return undefined
  const { value, floor } = metric
  const rule = judged[metric.metric]
  if (rule === 'p-value') return value < bounds.copying ? 'bad' : value < bounds.chance ? 'between' : 'good'
  if (floor === null || floor <= 0) return undefined
  const share = value / floor
  if (rule === 'distance') return share <= bounds.near ? 'good' : share > bounds.far ? 'bad' : 'between'
  return share >= bounds.good ? 'good' : share < bounds.bad ? 'bad' : 'between'
}

/** Whether a metric of a collapsed generator looks as that of a good one. */
function looksGood(metric: MetricValue | undefined): boolean {
  if (!metric) return false
  return metric.floor === null ? metric.value >= bounds.copying : metric.value >= bounds.good * metric.floor
}

/** Whether fakes cover the data as far as the figure of coverage can tell. */
function isWhole(metrics: Metrics): boolean {
  return (shareOf(metrics, 'coverage') ?? 1) >= bounds.whole
}

/** A metric as a share of its floor; undefined where it wasn't measured, or real samples have none of it. */
function shareOf(metrics: Metrics, name: string): number | undefined {
  const metric = metrics[name]
  return metric?.floor && metric.floor > 0 ? metric.value / metric.floor : undefined
}

function nameFault(metrics: Metrics, { bad, between }: Readonly<Record<Grade, string[]>>): VerdictName {
  const below = (name: string, bound: number) => (shareOf(metrics, name) ?? bound) < bound
  const crowded = (shareOf(metrics, 'density') ?? 0) > bounds.crowded
  const looksReal = !below('precision', bounds.bad)
  if (below('coverage', bounds.collapsed) && looksReal) return 'collapsed'
  if (!looksReal) return 'unlike'
  // Smooth pictures lie near to many others, so the test of copies can't be asked before.
  if ((crowded && below('recall', bounds.good)) || below('recall', bounds.alike)) return 'alike'
  if (bad.includes('data-copying-p')) return 'copied'
  if (below('coverage', bounds.whole) && !below('precision', bounds.whole)) return 'incomplete'
  return bad.length + between.length === 0 ? 'good' : 'close'
}

/** The same, where samples that look real lack classes. */
function nameLack(name: VerdictName, variety: Variety | undefined): VerdictName {
  if (!variety || (name !== 'good' && name !== 'close')) return name
  if (variety.missing.length > 0) return 'incomplete'
  return variety.rare.length > 0 ? 'close' : name
}

/** Names of classes in a sentence, at most. */
const maxNamed = 5

/** Which classes the samples lack; or, where all else is good, that there are too few samples to tell. */
function describeVariety(name: VerdictName, variety: Variety | undefined): string {
  if (!variety) return ''
  const { count, missing, rare, needed } = variety
  if (missing.length + rare.length === 0)
    return count < needed && (name === 'good' || name === 'close')
      ? `Whether classes are missing can't be told from ${count} samples: it takes ${needed}.`
      : ''
  const none = missing.map(({ name, fakes }) => `${fakes === 0 ? 'no' : 'hardly any'} ${name}`)
  const few = rare.map(({ name }) => `few ${name}`)
  const lacking = [...missing, ...rare]
  const more = lacking.length > maxNamed ? [`${lacking.length - maxNamed} more that are missing or rare`] : []
  const numbers = (of: 'fakes' | 'real') =>
    joinWords(lacking.slice(0, maxNamed).map((each: ValueCount) => String(each[of])))
  return `There ${lacking.length > 1 ? 'are' : 'is'} ${joinWords([...[...none, ...few].slice(0, maxNamed), ...more])} among ${count.toLocaleString('en')} samples: ${numbers('fakes')}, where as many real samples have ${numbers('real')}.`
}

function describeFault(name: VerdictName, metrics: Metrics): string {
  const percent = (of: string, what: 'value' | 'floor' = 'value') =>
    `${Math.round(100 * (metrics[of]?.[what] ?? Number.NaN))}%`
  const covered = () =>
    `they cover ${percent('coverage')} of the real samples, where other real samples cover ${percent('coverage', 'floor')}`
  switch (name) {
    case 'collapsed':
      return `The generator has collapsed: its samples are a few pictures over and over, or so much alike that the extractor takes them for these; ${covered()}.`
    case 'unlike':
      return `Most samples look like no real ones: ${percent('precision')} of them lie among real samples, where ${percent('precision', 'floor')} of other real samples do.`
    case 'alike':
      return 'The samples are too much alike, as blurred or repeated ones are: they crowd together, and lack some of what tells real samples from one another.'
    case 'copied':
      return 'The samples are copies: they lie nearer to the training samples than real samples lie to one another.'
    case 'incomplete':
      return isWhole(metrics)
        ? 'The samples look real and leave out a part of the data.'
        : `The samples look real and leave out a part of the data: ${covered()}${(shareOf(metrics, 'min-class-share') ?? 1) < bounds.bad ? `; the rarest class has ${percent('min-class-share')} of them` : ''}.`
    case 'good':
      return 'The samples are as good as other real ones, as far as these figures can tell.'
    default:
      return 'The samples come near the real ones, and these figures still tell them apart.'
  }
}

function describeGroups(
  groups: Readonly<Record<Grade, readonly string[]>>,
  misleading: readonly string[],
  metrics: Metrics,
): string {
  const parts = (
    [
      ['good', 'good'],
      ['between', 'in between'],
      ['bad', 'bad'],
    ] as const
  ).flatMap(([grade, word]) => {
    const names = groups[grade].filter(name => !misleading.includes(name))
    if (names.length === 0) return []
    return [
      `${joinWords(names.map(name => describeValue(name, metrics)))} ${names.length > 1 ? 'are' : 'is'} ${word}`,
    ]
  })
  if (parts.length === 0) return ''
  const text = parts.join('; ')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

function describeMisleading(name: VerdictName, misleading: readonly string[], metrics: Metrics): string {
  if (misleading.length === 0) return ''
  const values = joinWords(misleading.map(each => describeValue(each, metrics)))
  const text =
    name === 'collapsed'
      ? `${values} ${misleading.length > 1 ? 'are' : 'is'} no praise here: each sample is looked at alone, so one picture over and over does as well`
      : `${values} shows no copies here: smooth pictures lie near to many others`
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** 'recall 0.02 (real 0.89)' */
function describeValue(name: string, metrics: Metrics): string {
  const { value, floor } = metrics[name]!
  const real = floor === null ? '' : ` (real ${formatFigure(floor)})`
  return `${name.replace('frechet-distance', 'Fréchet distance')} ${formatFigure(value, judged[name])}${real}`
}

function formatFigure(value: number, rule?: string): string {
  if (rule === 'p-value') return value < bounds.copying ? `below ${bounds.copying}` : value.toFixed(3)
  return Math.abs(value) >= 100 ? String(Math.round(value)) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2)
}

/** 'a, b and c' */
function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
