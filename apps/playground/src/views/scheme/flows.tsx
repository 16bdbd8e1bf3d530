import type { JSX } from 'preact'
import type { PlayerName } from '../../games/protocol.ts'
import { moment } from '../../state/page-state.ts'
import { type FlowName, flowNames, partsAt } from './moments.ts'

/** Paths between the parts, in the units in which the scheme is 320 wide and 352 high; places of parts are in scheme.css. */
const paths: Readonly<Record<FlowName, { readonly kind: string; readonly d: string }>> = {
  'noise-generator': { kind: 'fake', d: 'M86 42 H113' },
  'generator-fakes': { kind: 'fake', d: 'M204 42 H231' },
  'fakes-discriminator': { kind: 'fake', d: 'M278 105 V119' },
  'reals-discriminator': { kind: 'real', d: 'M204 166 H231' },
  'discriminator-predictions': { kind: 'verdict', d: 'M278 229 V243' },
  'predictions-losses': { kind: 'verdict', d: 'M234 290 H207' },
  'losses-discriminator': { kind: 'back discriminator', d: 'M180 246 V237 H219 V190 H231' },
  'losses-gradients': { kind: 'back generator', d: 'M42 246 V231' },
  'gradients-generator': { kind: 'back generator', d: 'M86 150 H101 V114 H160 V109' },
}

/** Arrows between the parts of the scheme: what flows forwards, and dashed the gradients that go back. */
export function Flows({ moving }: { readonly moving: PlayerName | 'both' | undefined }): JSX.Element {
  const lit = moment.value && partsAt(moment.value).flows
  const stateOf = (name: FlowName) => {
    if (lit) return lit.includes(name) ? 'lit' : 'dim'
    const back = /back (.*)/.exec(paths[name].kind)?.[1]
    return back && moving !== back && moving !== 'both' ? 'dim' : ''
  }
  return (
    <svg viewBox="0 0 320 352" aria-hidden="true">
      <marker id="tip" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="5" markerHeight="5" orient="auto">
        <path d="M0 0.5 5.5 3 0 5.5z" fill="context-stroke" />
      </marker>
      {flowNames.map(name => (
        <path
          key={name}
          class={`flow ${paths[name].kind} ${stateOf(name)}`}
          d={paths[name].d}
          marker-end="url(#tip)"
        />
      ))}
    </svg>
  )
}
