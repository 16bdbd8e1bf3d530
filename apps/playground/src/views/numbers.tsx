import { formatCount, formatValue } from '@gankit/page-kit'
import type { ComponentChildren, JSX } from 'preact'
import { game, opened, snapshot, text } from '../state/page-state.ts'

/** The numbers of the course: losses beside their equilibrium, what D says, modes and divergence. */
export function Numbers(): JSX.Element {
  const words = text.value.numbers
  const now = snapshot.value
  const from = opened.value
  const scalar = (name: string) => now?.scalars[name]
  const balance = (player: 'discriminator' | 'generator') =>
    from ? words.at(formatValue(from.equilibrium[player])) : undefined
  const { measures, dead, updates } = now ?? {}
  const { modes, divergences } = measures ?? {}
  const isRelu = game.value.discriminatorActivation === 'relu' || game.value.generatorActivation === 'relu'
  return (
    <section class="panel" aria-labelledby="numbers-title">
      <h2 id="numbers-title" class="visually-hidden">
        {text.value.sections.numbers}
      </h2>
      <dl class="numbers">
        <Row name={words.discriminatorLoss} kind="discriminator" note={balance('discriminator')}>
          {formatValue(scalar('discriminator/loss'))}
        </Row>
        <Row name={words.generatorLoss} kind="generator" note={balance('generator')}>
          {formatValue(scalar('generator/loss'))}
        </Row>
        <Row name={words.real} kind="data" note={words.at('0.500')}>
          {formatValue(scalar('discriminator/real'))}
        </Row>
        <Row name={words.fake} kind="generator" note={words.at('0.500')}>
          {formatValue(scalar('discriminator/fake'))}
        </Row>
        {(['kl', 'js'] as const).map(name => (
          <Row
            key={name}
            name={words[name]}
            note={divergences && words.floor(formatValue(divergences[name].floor))}
          >
            {formatValue(divergences?.[name].value)}
          </Row>
        ))}
        {from?.centers ? (
          <Row name={words.modes}>{modes ? `${modes.covered} / ${modes.total}` : '–'}</Row>
        ) : null}
        <Row name={words.gradient}>{formatValue(scalar('generator/gradient'))}</Row>
        {isRelu ? (
          <Row name={words.dead}>
            {dead ? `${Math.round(100 * dead.discriminator)}%, ${Math.round(100 * dead.generator)}%` : '–'}
          </Row>
        ) : null}
        <Row name={words.updates}>
          {updates ? `${formatCount(updates.discriminator)}, ${formatCount(updates.generator)}` : '–'}
        </Row>
        <Row name={words.perSecond}>
          {now?.playing ? formatValue(now.stepsPerSecond, now.stepsPerSecond < 10 ? 1 : 0) : '–'}
        </Row>
        <Row name={words.hash} note={words.hashNote}>
          <code>{now?.hash ?? '–'}</code>
        </Row>
      </dl>
    </section>
  )
}

interface RowProps {
  readonly name: string
  readonly kind?: 'discriminator' | 'generator' | 'data'
  readonly note?: string | undefined
  readonly children: ComponentChildren
}

function Row({ name, kind, note, children }: RowProps): JSX.Element {
  return (
    <div class="row">
      <dt>
        {kind ? <span class={`swatch ${kind}`} /> : null}
        {name}
      </dt>
      <dd>
        <span class="value">{children}</span>
        {note ? <span class="note">{note}</span> : null}
      </dd>
    </div>
  )
}
