import type { ComponentChildren, JSX } from 'preact'
import { text } from '../state/language.ts'
import { type RunActions, RunControls } from './controls.tsx'
import { RunCurves, RunMetrics } from './curves.tsx'
import { RunFindings } from './findings.tsx'
import { RunProgress } from './progress.tsx'
import type { RunState } from './run-state.ts'
import { RunSamples } from './samples.tsx'

interface Props {
  readonly run: RunState
  /** Undefined for a run that can't be steered. */
  readonly actions: RunActions | undefined
  /** What else may be done with it. */
  readonly children?: ComponentChildren
}

/** A run: where it is, what it makes, how it goes. */
export function RunView({ run, actions, children }: Props): JSX.Element {
  const { config } = run
  return (
    <div class="run">
      <div class="run-stage">
        <RunProgress run={run} />
        {actions ? <RunControls run={run} actions={actions} /> : null}
        <RunSamples run={run} />
        {children}
      </div>
      <div class="run-aside">
        <RunMetrics run={run} />
        <RunCurves run={run} />
        <RunFindings run={run} />
        {config.value === undefined ? null : (
          <details>
            <summary>{text.value.run.config}</summary>
            <pre>{JSON.stringify(config.value, undefined, 2)}</pre>
          </details>
        )}
      </div>
    </div>
  )
}
