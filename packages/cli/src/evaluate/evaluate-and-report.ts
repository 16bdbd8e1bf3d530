import type { Output } from '../output.ts'
import type { EvaluateFlags } from './evaluate-flags.ts'
import { dataOfOutcome, textOfOutcome } from './evaluation-text.ts'
import { checkNeighbours } from './neighbours.ts'
import { runEvaluation } from './run-evaluation.ts'

/** Evaluates, and prints what came of it. */
export async function evaluateAndReport(
  source: string,
  flags: EvaluateFlags,
  output: Output,
  signal: AbortSignal,
): Promise<void> {
  checkNeighbours(flags.neighbours)
  const outcome = await runEvaluation(source, flags, output, signal)
  output.out.write(flags.json ? `${JSON.stringify(dataOfOutcome(outcome))}\n` : textOfOutcome(outcome))
  if (flags.neighbours !== undefined) output.progress.write(`Neighbours ${flags.neighbours}\n`)
}
