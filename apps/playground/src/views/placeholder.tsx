import type { JSX } from 'preact'
import { game, isEmpty, opened, text } from '../state/page-state.ts'

/** What stands in the figure's place while there is nothing to draw. */
export function Placeholder(): JSX.Element | null {
  const words = text.value.status
  if (isEmpty.value)
    return <p class="placeholder">{game.value.data.startsWith('file') ? words.emptyFile : words.empty}</p>
  return opened.value ? null : <p class="placeholder">{words.loading}</p>
}
