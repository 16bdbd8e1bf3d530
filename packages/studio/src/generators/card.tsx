import { formatCount } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { text } from '../state/language.ts'
import { linkTo } from '../state/route.ts'
import { findFacts } from './facts.ts'
import type { OpenedGenerator } from './protocol.ts'

interface Props {
  readonly app: string
  readonly generator: string
  readonly opened: OpenedGenerator | undefined
}

/** Where the generator comes from, and the way to one's own. */
export function GeneratorCard({ app, generator, opened }: Props): JSX.Element {
  const { card, names } = text.value.generators
  const facts = findFacts(app, generator)
  return (
    <section class="about-generator">
      <h2>{card.title}</h2>
      <dl>
        {facts ? (
          <>
            <dt>{card.preset}</dt>
            <dd>{facts.preset}</dd>
            <dt>{card.data}</dt>
            <dd>{names.data[facts.data](formatCount(facts.count))}</dd>
            <dt>{card.license}</dt>
            <dd>{names.licenses[facts.license]}</dd>
            {facts.command ? (
              <>
                <dt>{card.training}</dt>
                <dd>
                  <code>{facts.command}</code>
                </dd>
              </>
            ) : null}
          </>
        ) : null}
        {opened ? (
          <>
            <dt>{card.weights}</dt>
            <dd>{formatCount(opened.weights)}</dd>
            <dt>{card.computed}</dt>
            <dd>{card.backends[opened.backend] ?? opened.backend}</dd>
          </>
        ) : null}
      </dl>
      <p>
        <a href={linkTo(app, 'train')}>{card.train}</a>
      </p>
    </section>
  )
}
