import type { JSX } from 'preact'
import { catalog } from './apps/catalog.ts'
import { text } from './state/language.ts'
import { linkTo } from './state/route.ts'

/** What there is, and what a GAN is. */
export function StartPage(): JSX.Element {
  const words = text.value
  return (
    <div class="start">
      <div class="app-title">
        <h1>{words.start.title}</h1>
        <p class="lead">{words.start.about}</p>
        <p class="note">{words.start.local}</p>
      </div>
      <h2>{words.start.apps}</h2>
      <ul class="cards">
        {catalog.map(({ name }) => (
          <li key={name}>
            <a class="card" href={linkTo(name)}>
              <strong>{words.apps[name]!.title}</strong>
              <span class="note">{words.apps[name]!.about}</span>
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}
