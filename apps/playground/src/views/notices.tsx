import { Notice } from '@gankit/page-kit'
import type { JSX } from 'preact'
import { divergence, failure, faults, opened, text, workerFailure } from '../state/page-state.ts'

/** What went wrong, and the way on. */
export function Notices(): JSX.Element {
  const words = text.value.status
  return (
    <div class="notices" role="status">
      {workerFailure.value ? (
        <Notice>
          <strong>{words.workerFailed}</strong>: {workerFailure.value}. {words.workerHelp}
        </Notice>
      ) : null}
      {failure.value ? (
        <Notice
          close={closes(() => {
            failure.value = undefined
          })}
        >
          <strong>{words.failed}</strong>: {failure.value}
        </Notice>
      ) : null}
      {divergence.value ? (
        <Notice
          close={closes(() => {
            divergence.value = undefined
          })}
        >
          <strong>{words.failed}</strong>: {words.diverged[divergence.value.player](divergence.value.step)}{' '}
          {words.failedHelp}
        </Notice>
      ) : null}
      {faults.value.length > 0 ? (
        <Notice
          close={closes(() => {
            faults.value = []
          })}
        >
          {words.faults(faults.value.join(', '))}
        </Notice>
      ) : null}
      {opened.value?.backend === 'cpu' ? <Notice>{words.cpu}</Notice> : null}
    </div>
  )
}

const closes = (act: () => void) => ({ word: text.value.status.close, act })
