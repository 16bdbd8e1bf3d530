import { existsSync } from 'node:fs'
import type { Output } from '../output.ts'
import { type FoundRuns, findRuns } from './find-runs.ts'
import { rowOf, tableOf } from './runs-report.ts'

/** Where `gankit train` puts its runs. */
const usual = 'runs'

/** Prints the runs in a folder. @throws GankitError when the folder that was asked for is none */
export async function listRuns(
  folder: string | undefined,
  { json }: { readonly json?: boolean },
  { out }: Output,
): Promise<void> {
  // Before the first run there is no such folder, which is nothing wrong.
  const none: FoundRuns = { runs: [], skipped: [] }
  const found = folder === undefined && !existsSync(usual) ? none : await findRuns(folder ?? usual)
  out.write(
    json
      ? `${JSON.stringify({ runs: found.runs.map(rowOf), skipped: found.skipped })}\n`
      : tableOf(found, folder ?? usual),
  )
}
