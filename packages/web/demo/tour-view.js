// The tour as a list that ticks itself: the step to do now is told in full, the others by name.

import { button, element } from '../checkout/element.js'
import { tenge } from '../checkout/money.js'
import { drawIfChanged } from './draw.js'
import { stepsOf } from './tour.js'

/** @typedef {import('./main.js').Act} Act */
/** @typedef {import('./calls.js').World} World */
/** @typedef {import('./words/ru.js').Words} Words */

/**
 * @param {HTMLElement} place
 * @param {Act} act
 */
export function openTour(place, act) {
  /**
   * @param {World} world
   * @param {Words} words
   */
  return (world, words) => {
    const steps = stepsOf(world)
    const left = world.orders[0]?.short_tiyn ?? null
    drawIfChanged(place, [steps, left, words.code], () => {
      const now = steps.find(({ isDone }) => !isDone)
      const done = steps.filter(({ isDone }) => isDone).length
      return [
        element('h2', { id: 'tour-title' }, words.tour.title),
        element('p', { class: 'quiet count' }, words.tour.count(done, steps.length)),
        element('ol', { class: 'steps' }, ...steps.map((step) => item(step, step === now))),
        element('p', { class: 'advice', role: 'status' }, ...adviceOn(now)),
      ]
    })

    /**
     * @param {import('./tour.js').Step | undefined} step
     * @returns {readonly (Node | string)[]}
     */
    function adviceOn(step) {
      if (step === undefined) return [words.tour.over]
      const { name, advice } = words.tour.steps[step.name]
      return [element('b', {}, name), advice(left === null ? '' : tenge(left))]
    }

    /**
     * @param {import('./tour.js').Step} step
     * @param {boolean} isNow
     */
    function item({ name, place: where, isDone }, isNow) {
      const text = words.tour.steps[name].name
      const state = isDone ? 'done' : isNow ? 'now' : 'later'
      const go = button('step', () => act.go(where), element('span', {}, text))
      const said = isDone ? element('span', { class: 'unseen' }, ` — ${words.tour.done}`) : null
      const attributes = { class: state, ...(isNow ? { 'aria-current': 'step' } : {}) }
      return element('li', attributes, go, said)
    }
  }
}
