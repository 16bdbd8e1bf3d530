import { formatCount } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { game, opened, playing, snapshot, state, text } from '../state/page-state.ts'

type Moving = 'generator' | 'discriminator' | 'both' | undefined

/** The game as it is played: what flows where, which network learns and which is frozen. */
export function Scheme(): JSX.Element {
  const words = text.value.scheme
  const moving = readMoving()
  const flows = playing.value
  const states = (name: 'generator' | 'discriminator') =>
    moving === name || moving === 'both' ? 'learns' : moving ? 'frozen' : 'still'
  const weights = opened.value?.weights
  const said =
    moving === 'both'
      ? state.value.game.order === 'simultaneous'
        ? words.together
        : words.bothLearn
      : moving === 'generator'
        ? words.generatorMoves
        : moving === 'discriminator'
          ? words.discriminatorMoves
          : words.still
  return (
    <figure class={`scheme ${flows ? 'flows' : ''}`}>
      <svg viewBox="0 0 340 128" role="img" aria-label={`${words.label} ${said}`}>
        <path class="flow fake" d="M34 34 H64" />
        <path class="flow fake" d="M134 34 H178 V58 H206" />
        <path class="flow real" d="M60 98 H178 V74 H206" />
        <path class="flow verdict" d="M276 66 H302" />
        {moving === 'generator' || moving === 'both' ? (
          <path class="back generator" d="M241 40 V10 H99 V14" />
        ) : null}
        <text class="symbol" x="22" y="39" text-anchor="middle">
          {words.noise}
        </text>
        <g class={`network generator ${states('generator')}`}>
          <rect x="64" y="15" width="70" height="38" rx="6" />
          <text x="99" y="40" text-anchor="middle">
            {words.generator}
          </text>
        </g>
        <text class="name generator" x="153" y="27" text-anchor="middle">
          {words.fake}
        </text>
        <text class="name data" x="52" y="102" text-anchor="end">
          {words.real}
        </text>
        <g class={`network discriminator ${states('discriminator')}`}>
          <rect x="206" y="42" width="70" height="48" rx="6" />
          <text x="241" y="72" text-anchor="middle">
            {words.discriminator}
          </text>
        </g>
        <text class="name discriminator" x="308" y="70">
          {words.verdict}
        </text>
        <text class="caption" x="99" y="69" text-anchor="middle">
          {states('generator') === 'frozen'
            ? words.frozen
            : weights
              ? words.weights(formatCount(weights.generator))
              : ''}
        </text>
        <text class="caption" x="241" y="106" text-anchor="middle">
          {states('discriminator') === 'frozen'
            ? words.frozen
            : weights
              ? words.weights(formatCount(weights.discriminator))
              : ''}
        </text>
      </svg>
      <figcaption>{said}</figcaption>
    </figure>
  )
}

/** Whose weights are moving: in slow motion those of the update under way. */
function readMoving(): Moving {
  const moving = snapshot.value?.moving
  if (!playing.value) return undefined
  if (moving) return moving
  const { order } = game.value
  return order === 'generator' || order === 'discriminator' ? order : 'both'
}
