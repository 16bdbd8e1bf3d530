import type { JSX } from 'preact'
import type { CatalogApp } from '../apps/catalog.ts'
import { text } from '../state/language.ts'

/** Draws with the generators that come with an app. */
export function GeneratorPanel({ app }: { readonly app: CatalogApp }): JSX.Element {
  return (
    <p class="note">
      {text.value.generators.loading} {app.name}
    </p>
  )
}
