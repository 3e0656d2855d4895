#!/usr/bin/env node
// The command of the installed package. Whatever Node the machine has must be able to read this file, so
// that an old one is told what is missing; it must never import anything before it has looked.

const WANTED_MAJOR = 24

const major = Number(process.versions.node.split('.')[0])
if (major < WANTED_MAJOR) {
  process.stderr.write(
    `Нужен Node.js ${WANTED_MAJOR} или новее, а здесь ${process.version}: https://nodejs.org\n`,
  )
  process.exitCode = 1
} else {
  // Without `await`, which the oldest cannot read at this place.
  import('../packages/server/src/cli/byfly.js')
}
