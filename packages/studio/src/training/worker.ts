import { selectPreset } from '@gankit/experiment'
import { loadApp } from '../apps/load.ts'
import type { Answer, Command } from './protocol.ts'
import { Session } from './session.ts'

// Trains in a worker of the page. One run at a time; the page starts another worker for another run.
const post = (answer: Answer) => postMessage(answer)
const session = new Session(post)

async function describe(name: string): Promise<void> {
  const app = await loadApp(name)
  const presets = Object.keys(app.presets).map(preset => {
    const [, { description, training }] = selectPreset(app, preset)
    const { steps, batch, sampleEvery } = training
    return { name: preset, description, steps, batch, sampleEvery: sampleEvery ?? Math.ceil(steps / 10) }
  })
  const streams = app.streams
    ? Object.entries(app.streams).map(([stream, { default: spec, optional = false }]) => ({
        name: stream,
        spec,
        optional,
      }))
    : [{ name: '', spec: app.data.default, optional: false }]
  const canCondition = (app.data?.conditions?.length ?? 0) > 0
  post({ type: 'described', app: name, defaultPreset: app.defaultPreset, presets, streams, canCondition })
}

function obey(command: Command): Promise<void> | void {
  if (command.type === 'describe') return describe(command.app)
  if (command.type === 'train') return session.train(command.plan)
  if (command.type === 'resume') return session.resume(command.id)
  if (command.type === 'save') return session.save()
  session.steer(command.wishes)
}

self.addEventListener('message', async ({ data }: MessageEvent<Command>) => {
  try {
    await obey(data)
  } catch (error) {
    post({ type: 'failed', message: (error as Error).message.replace(/^\[[^\]]*\] /, '') })
  }
})
