import { Notice } from '@gankit/page-kit'
import type { JSX } from 'preact'

/** What went wrong, and the way on; read out when it comes. @param line nothing while all is well */
export function Fault({ line }: { readonly line: string }): JSX.Element {
  return (
    <div class="told" role="status">
      {line ? <Notice>{line}</Notice> : null}
    </div>
  )
}
