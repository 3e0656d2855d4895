// Builds the console into dist/, whose files the centre reads at its start. Each is packed here once, so that
// the centre never has to.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

const OUT = join(import.meta.dirname, 'dist')
/** Of 11: the last two take ten times as long for a twentieth less. */
const QUALITY = 9

function packed(): Plugin {
  return {
    name: 'packed',
    apply: 'build',
    closeBundle() {
      const assets = join(OUT, 'assets')
      for (const name of readdirSync(assets).filter((file) => /\.(js|css)$/.test(file))) {
        const params = { [constants.BROTLI_PARAM_QUALITY]: QUALITY }
        const bytes = brotliCompressSync(readFileSync(join(assets, name)), { params })
        writeFileSync(join(assets, `${name}.br`), bytes)
      }
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  base: '/console/',
  plugins: [react(), packed()],
  // The centre puts a fresh one in its place in every answer.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: 'es2023',
    // Nothing inside the scripts as data: the policy lets images alone be that.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2_000,
    reportCompressedSize: false,
  },
})
