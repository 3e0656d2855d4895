// Every limit on a file that a stranger may have made.

export const ROWS_LIMIT = 20_000
export const COLUMNS_LIMIT = 100
/** Of one cell; what is longer is cut, for no field of an operation is. */
export const CELL_CHARACTERS = 200
/** Of everything in an XLSX file together, unpacked. */
export const UNPACKED_BYTES = 200 * 1024 * 1024
export const PARTS_LIMIT = 500
export const READ_MS = 30_000
export const HEAP_MEGABYTES = 512
