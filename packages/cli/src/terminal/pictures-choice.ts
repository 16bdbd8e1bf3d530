import type { PictureProtocol } from '@gankit/visualization'
import { CommanderError } from 'commander'

/** What GANKIT_PICTURES may be; `pictureProtocols` of visualization, which takes longer to load. */
const choices: readonly PictureProtocol[] = ['kitty', 'iterm', 'sixel', 'blocks', 'none']

/**
 * How pictures are to be shown, by GANKIT_PICTURES.
 * @returns undefined where it isn't set
 * @throws CommanderError for another value: every command asks before it does anything
 */
export function readPicturesChoice(env: NodeJS.ProcessEnv): PictureProtocol | undefined {
  const { GANKIT_PICTURES: given } = env
  if (!given) return undefined
  const choice = choices.find(name => name === given)
  if (choice !== undefined) return choice
  throw new CommanderError(
    2,
    'commander.invalidArgument',
    `GANKIT_PICTURES is '${given}', expected one of ${choices.join(', ')}: set it to one of these, or unset it`,
  )
}
