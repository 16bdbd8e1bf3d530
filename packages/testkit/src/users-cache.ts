/** Looks for installed backends where the user keeps them; tests have an empty cache folder of their own otherwise. */
export function useUsersCache(): void {
  const folder = process.env['GANKIT_USERS_CACHE']
  if (folder) process.env['GANKIT_CACHE'] = folder
  else delete process.env['GANKIT_CACHE']
}
