// The page of the pretend world. It asks for everything again twice a second while somebody looks, and
// shows what the simulator says; it never guesses what a terminal will do next.
import { LOST, notify } from './dom.js'
import { drawEntries, drawWebhooks } from './lists.js'
import { phoneIn } from './phone.js'
import { drawTerminals } from './terminals.js'

const ASK_AGAIN_MS = 500

const place = (id) => document.getElementById(id)
const scan = phoneIn(place('phone'))
let isLost = false

async function refresh() {
  try {
    const state = await (await fetch('/page/state')).json()
    drawTerminals(place('terminals'), state.terminals, scan)
    drawEntries(place('entries'), state.entries)
    drawWebhooks(place('webhooks'), state.webhooks)
    if (isLost) notify('')
    isLost = false
  } catch {
    isLost = true
    notify(LOST)
  }
}

async function keepFresh() {
  if (!document.hidden) await refresh()
  setTimeout(keepFresh, ASK_AGAIN_MS)
}

keepFresh()
