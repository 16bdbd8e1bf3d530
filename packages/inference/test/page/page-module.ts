/** What a module of `page/` exports; the compiler checks it in its own project, with a browser's types. */
export async function importPageModule<T>(name: string): Promise<T> {
  return import(new URL(`../../page/${name}.js`, import.meta.url).href)
}
