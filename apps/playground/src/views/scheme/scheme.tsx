import { Canvas, formatCount } from '@gankit/page-kit'
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useMemo } from 'preact/hooks'
import { type PlayerName, stages } from '../../games/protocol.ts'
import { contours, game, moment, opened, playing, snapshot, text } from '../../state/page-state.ts'
import { Flows } from './flows.tsx'
import { LossBars } from './loss-bars.tsx'
import { type NodeName, nodeNames, partsAt } from './moments.ts'
import { drawNode, type PlotName } from './node-plots.ts'

/** The part that is pointed at or has the focus. */
const pointed = signal<NodeName | undefined>(undefined)
/** How far G has bent the lattice, from 0 to 1, while that is shown. */
const bent = signal(1)

type Moving = PlayerName | 'both' | undefined

/** The game as it is played: what flows where, what each part holds, which network learns and which is frozen. */
export function Scheme(): JSX.Element {
  const words = text.value.scheme
  const now = moment.value
  const moving = readMoving()
  const lit = now && partsAt(now).nodes
  return (
    <figure class={`scheme ${playing.value && !now ? 'flows' : ''} ${now ? 'stands' : ''}`}>
      <fieldset class="parts">
        <legend class="visually-hidden">{words.label}</legend>
        <Flows moving={moving} />
        {nodeNames.map(name => (
          <Node
            key={name}
            name={name}
            state={lit ? (lit.includes(name) ? 'lit' : 'dim') : stateOf(name, moving)}
          />
        ))}
      </fieldset>
      <figcaption aria-live={now ? 'polite' : 'off'}>{explain(moving)}</figcaption>
    </figure>
  )
}

interface NodeProps {
  readonly name: NodeName
  readonly state: 'lit' | 'dim' | 'learns' | 'frozen' | ''
}

/** A part of the game with its small plot; pointing at it, or focus, says what it is. */
function Node({ name, state }: NodeProps): JSX.Element {
  const words = text.value.scheme
  return (
    <button
      type="button"
      class={`node ${name} ${state}`}
      onPointerEnter={() => point(name)}
      onFocus={() => point(name)}
      onClick={() => point(name)}
      onPointerLeave={leave}
      onBlur={leave}
    >
      <span class="plot">{name === 'losses' ? <LossBars /> : <Plot name={name} />}</span>
      <span class="label">{words.nodes[name]}</span>
      <span class="visually-hidden">. {explainNode(name)}</span>
    </button>
  )
}

function Plot({ name }: { readonly name: PlotName }): JSX.Element {
  const [from, now, lines] = [opened.value, snapshot.value, contours.value]
  const share = name === 'generator' ? bent.value : 1
  const draw = useMemo(
    () =>
      from && now && (now.look.kind === 'line') === (from.extent.length === 1)
        ? drawNode(name, { opened: from, look: now.look, contours: lines, bent: share })
        : () => undefined,
    [name, from, now, lines, share],
  )
  return <Canvas draw={draw} aspect={1} />
}

function point(name: NodeName): void {
  if (pointed.value === name) return
  pointed.value = name
  if (name === 'generator') showBending()
}

function leave(): void {
  pointed.value = undefined
}

/** Milliseconds in which the lattice of z becomes what G makes of it. */
const bendingTime = 1400

/** Shows how G bends z, from the even lattice to its image. */
function showBending(): void {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return
  const begin = performance.now()
  const move = (time: number) => {
    const share = Math.min(1, Math.max(0, (time - begin) / bendingTime))
    // Slowly away from z, and slowly to G(z).
    bent.value = pointed.value === 'generator' ? share * share * (3 - 2 * share) : 1
    if (bent.value < 1) requestAnimationFrame(move)
  }
  requestAnimationFrame(move)
}

/** What is pointed at; else the part of the update that slow motion stands at; else who learns. */
function explain(moving: Moving): string {
  const words = text.value.scheme
  const now = moment.value
  if (pointed.value) return explainNode(pointed.value)
  if (now)
    return words.stage(
      text.value.charts[now.player],
      stages.indexOf(now.stage) + 1,
      words.stages[now.player][now.stage],
    )
  if (moving === 'both') return game.value.order === 'simultaneous' ? words.together : words.bothLearn
  return moving ? words[`${moving}Moves`] : words.still
}

function explainNode(name: NodeName): string {
  const weights = opened.value?.weights
  const count = name === 'generator' || name === 'discriminator' ? weights?.[name] : undefined
  return text.value.scheme.explanations[name](count === undefined ? '…' : formatCount(count))
}

function stateOf(name: NodeName, moving: Moving): NodeProps['state'] {
  if (!moving || (name !== 'generator' && name !== 'discriminator')) return ''
  return moving === name || moving === 'both' ? 'learns' : 'frozen'
}

/** Whose weights are moving: in slow motion those of the update under way. */
function readMoving(): Moving {
  if (!playing.value) return undefined
  const moving = snapshot.value?.moving
  if (moving) return moving
  const { order } = game.value
  return order === 'generator' || order === 'discriminator' ? order : 'both'
}
