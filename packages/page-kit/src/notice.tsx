import type { ComponentChildren, JSX } from 'preact'

interface Props {
  readonly children: ComponentChildren
  /** Without it the notice stays. */
  readonly close?: { readonly word: string; act(): void } | undefined
}

/** What went wrong, and the way on. */
export function Notice({ children, close }: Props): JSX.Element {
  return (
    <div class="notice">
      <p>{children}</p>
      {close ? (
        <button type="button" onClick={close.act}>
          {close.word}
        </button>
      ) : null}
    </div>
  )
}
