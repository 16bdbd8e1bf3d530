export { expectClose } from './close.ts'
export { finiteDifference } from './gradient.ts'
export { readExamples, testReadme } from './readme.ts'
export { savedModel } from './saved.ts'

/** Finds the backends that the user has installed; by default tests have an empty cache folder of their own. */
export function useUsersCache(): void {
  const folder = process.env['GANKIT_USERS_CACHE']
  if (folder) process.env['GANKIT_CACHE'] = folder
  else delete process.env['GANKIT_CACHE']
}
