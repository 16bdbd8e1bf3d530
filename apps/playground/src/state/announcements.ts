import { formatCount, formatValue } from '@gankit/page-kit'
import { effect, untracked } from '@preact/signals'
import { announcement, playing, snapshot, text } from './page-state.ts'

/** Says the numbers once a game stands; while it is played they change too often to be read out. */
export function announceWhenStanding(): void {
  effect(() => {
    const now = snapshot.value
    if (!now || playing.value || now.playing || now.step === 0) return
    const words = text.value.status
    const scalar = (name: string) => formatValue(now.scalars[name])
    const { modes } = now.measures
    const numbers = [
      words.losses(
        scalar('discriminator/loss'),
        scalar('generator/loss'),
        scalar('discriminator/real'),
        scalar('discriminator/fake'),
      ),
      ...(modes ? [words.modes(modes.covered, modes.total)] : []),
    ].join(' ')
    untracked(() => {
      announcement.value = words.stands(formatCount(now.step), numbers)
    })
  })
}
