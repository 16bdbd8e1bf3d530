import { formatValue } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { moment, opened, snapshot, text } from '../../state/page-state.ts'

const players = ['discriminator', 'generator'] as const

/** The losses of both networks as bars, each with a mark at its value where fakes are as good as the data. */
export function LossBars(): JSX.Element {
  const words = text.value.charts
  return (
    <span class="loss-bars">
      {players.map(player => {
        const now = snapshot.value
        // Before the first step, and in slow motion, the losses of the weights as they are: a step's own are known once it is over.
        const looks = moment.value || now?.step === 0
        const loss = looks ? now?.look.predictions.losses[player] : now?.scalars[`${player}/loss`]
        const balance = opened.value?.equilibrium[player]
        // Twice the equilibrium fits; some losses have theirs at 0.
        const most = Math.max(1, 2 * Math.abs(balance ?? 0))
        const part = (value: number | undefined) => Math.min(1, Math.abs(value ?? 0) / most)
        return (
          <span key={player} class={`loss ${player}`}>
            <span class="name">{words[player]}</span>
            <span class="bar">
              <span class="fill" style={{ transform: `scaleX(${part(loss)})` }} />
              {balance === undefined ? null : (
                <span class="mark" style={{ left: `${100 * part(balance)}%` }} />
              )}
            </span>
            <span class="value">{formatValue(loss)}</span>
          </span>
        )
      })}
    </span>
  )
}
