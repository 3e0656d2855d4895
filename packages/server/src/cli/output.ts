// What a command prints, for people and, with --json, for programs.

export function say(text: string): void {
  process.stdout.write(`${text}\n`)
}

export function complain(text: string): void {
  process.stderr.write(`${text}\n`)
}

/** BigInt sums become JSON numbers: every stored sum fits one exactly. */
export function sayJson(value: unknown): void {
  say(
    JSON.stringify(
      value,
      (_key, field: unknown) => (typeof field === 'bigint' ? Number(field) : field),
      2,
    ),
  )
}

/** A plain table: columns as wide as their widest cell. */
export function sayTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)))
  for (const row of all) {
    say(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
  }
}
