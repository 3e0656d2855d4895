// A command's module is read when the command runs: `serve` need not read the importer, nor `desk list` the server.

/** What `.action` takes: calls the function that the module exports under this name, with what the command was given. */
export function lazily<Name extends string>(
  open: () => Promise<Readonly<Record<Name, (...given: never[]) => unknown>>>,
  name: Name,
): (...given: unknown[]) => Promise<void> {
  return async (...given) => {
    const { [name]: run } = await open()
    await run(...(given as never[]))
  }
}
