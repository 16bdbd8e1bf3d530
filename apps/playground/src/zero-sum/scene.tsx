import { Chart, formatCount, formatValue, NumberSelect, palette, Segments } from '@gankit/page-kit'
import { signal } from '@preact/signals'
import type { JSX } from 'preact'
import { useEffect } from 'preact/hooks'
import { changeZeroSum, state, text } from '../state/page-state.ts'
import { PhasePlane } from './phase-plane.tsx'
import { methods } from './settings.ts'
import { SharesTriangle } from './shares-triangle.tsx'
import { startTrajectory, type Trajectory } from './trajectory.ts'

/** Steps a second, and pictures a second where the reader wants little to move. */
const stepsPerSecond = 60
const calmPictures = 2

/** The trajectory, and a number that grows with it: signals compare by identity. */
const shown = signal<{ readonly trajectory: Trajectory; readonly version: number } | undefined>(undefined)
const running = signal(false)

function restart(play: boolean): void {
  const { scene, zeroSum } = state.value
  if (scene === 'game') return
  shown.value = { trajectory: startTrajectory(scene, zeroSum), version: 0 }
  running.value = play
}

function take(steps: number): void {
  const { trajectory, version } = shown.value!
  for (let i = 0; i < steps; i++) trajectory.take()
  if (trajectory.ended) running.value = false
  shown.value = { trajectory, version: version + 1 }
}

/** The smallest zero-sum games, x·y and rock, paper, scissors: why steps circle, and what helps. */
export function ZeroSumScene(): JSX.Element | null {
  const { scene, zeroSum } = state.value
  const words = text.value
  const kind = scene === 'rock-paper-scissors' ? scene : 'bilinear'
  const { method, rate, x, y } = zeroSum
  useEffect(() => restart(running.value || state.value.play), [kind, method, rate, x, y])
  useFrames()
  const now = shown.value
  if (!now || now.trajectory.kind !== kind) return null
  const { trajectory } = now
  const explain =
    kind === 'bilinear'
      ? words.zeroSum.explain.bilinear[method](
          (method === 'extragradient'
            ? Math.sqrt(1 - rate ** 2 + rate ** 4)
            : Math.sqrt(1 + rate ** 2)
          ).toFixed(4),
        )
      : words.zeroSum.explain['rock-paper-scissors'][method]()
  const distance = `${words.zeroSum.step} ${trajectory.step}, ${words.zeroSum.distance}: ${formatValue(trajectory.distance())}.`
  return (
    <main class="zero-sum" id="figure" tabIndex={-1}>
      <section class="stage" aria-label={words.sections.figure}>
        <div class="transport">
          <button
            type="button"
            class="primary play"
            disabled={trajectory.ended}
            onClick={() => {
              running.value = !running.value
            }}
          >
            {running.value ? words.transport.pause : words.transport.play}
          </button>
          <button
            type="button"
            disabled={trajectory.ended}
            onClick={() => {
              running.value = false
              take(1)
            }}
          >
            {words.transport.step}
          </button>
          <button type="button" onClick={() => restart(false)}>
            {words.transport.reset}
          </button>
          <p class="step">
            {words.zeroSum.step} <span class="value">{formatCount(trajectory.step)}</span>
          </p>
        </div>
        {kind === 'bilinear' ? (
          <PhasePlane
            trajectory={trajectory}
            version={now.version}
            label={words.zeroSum.bilinearLabel(distance)}
          />
        ) : (
          <SharesTriangle
            trajectory={trajectory}
            version={now.version}
            label={words.zeroSum.rpsLabel(distance)}
          />
        )}
      </section>
      <section class="aside" aria-label={words.sections.settings}>
        <p>{kind === 'bilinear' ? words.zeroSum.bilinearAbout : words.zeroSum.rpsAbout}</p>
        <div class="fields wide">
          <h2>{words.zeroSum.steps}</h2>
          <Segments
            label={words.zeroSum.steps}
            value={method}
            options={methods}
            name={name => words.method[name]}
            onChange={next => changeZeroSum({ method: next })}
          />
          <p class="explain" aria-live="polite">
            {explain}
          </p>
          <NumberSelect
            label={words.zeroSum.rate}
            value={rate}
            options={[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]}
            onChange={next => changeZeroSum({ rate: next })}
          />
          {kind === 'bilinear' ? (
            <>
              <NumberSelect
                label={words.zeroSum.startX}
                value={x}
                options={[-1, -0.5, 0, 0.5, 1]}
                onChange={next => changeZeroSum({ x: next })}
              />
              <NumberSelect
                label={words.zeroSum.startY}
                value={y}
                options={[-1, -0.5, 0, 0.5, 1]}
                onChange={next => changeZeroSum({ y: next })}
              />
            </>
          ) : null}
        </div>
        <Standing trajectory={trajectory} version={now.version} />
        <Chart
          title={words.zeroSum.distanceChart}
          label={distance}
          steps={Float64Array.from(trajectory.distances, (_, i) => i * trajectory.every)}
          curves={[
            {
              name: words.zeroSum.now,
              values: Float64Array.from(trajectory.distances),
              color: palette.value.discriminator,
            },
            {
              name: words.zeroSum.average,
              values: Float64Array.from(trajectory.averageDistances),
              color: palette.value.fakeSide,
            },
          ]}
          levels={[]}
          logarithmic
          height={180}
        />
      </section>
    </main>
  )
}

/** Where both players are, and on average. */
function Standing({
  trajectory,
}: {
  readonly trajectory: Trajectory
  readonly version: number
}): JSX.Element {
  const words = text.value.zeroSum
  const names =
    trajectory.kind === 'bilinear'
      ? ['x', 'y']
      : ['A', 'B'].flatMap(letter => words.shares.map(share => `${letter}: ${share}`))
  return (
    <table class="standing">
      <thead>
        <tr>
          <td />
          <th scope="col">{words.now}</th>
          <th scope="col">{words.average}</th>
        </tr>
      </thead>
      <tbody>
        {names.map((name, i) => (
          <tr key={name}>
            <th scope="row">{name}</th>
            <td>{formatValue(trajectory.now[i])}</td>
            <td>{formatValue(trajectory.average[i])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Takes steps with the screen's frames while the game runs. */
function useFrames(): void {
  const runs = running.value
  useEffect(() => {
    if (!runs) return undefined
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches
    let [last, due, frame] = [performance.now(), 0, 0]
    const next = (time: number) => {
      due += Math.min(0.5, (time - last) / 1000) * stepsPerSecond
      last = time
      if (due >= (calm ? stepsPerSecond / calmPictures : 1)) {
        take(Math.floor(due))
        due %= 1
      }
      frame = requestAnimationFrame(next)
    }
    frame = requestAnimationFrame(next)
    return () => cancelAnimationFrame(frame)
  }, [runs])
}
