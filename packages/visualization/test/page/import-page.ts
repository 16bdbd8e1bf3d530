/** What a module of `page/generator` exports; the compiler checks it in its own project, with a browser's types. */
export async function importPage<T>(name: string): Promise<T> {
  return import(new URL(`../../page/generator/${name}.js`, import.meta.url).href)
}
