import type { JSX } from 'preact'
import type { CatalogApp } from '../apps/catalog.ts'
import { text } from '../state/language.ts'

/** Trains an app in this tab. */
export function TrainingPanel({ app }: { readonly app: CatalogApp }): JSX.Element {
  return (
    <p class="note">
      {text.value.training.loading} {app.name}
    </p>
  )
}
