// Calls that come while others are on their way travel together in one. Nobody waits for company: a call goes at
// once while there is room, and what gathers until a group comes back is the next group.

export interface Limits {
  /** Groups on their way at one time. */
  readonly groups: number
  /** Items in one group. */
  readonly items: number
}

interface Waiting<Item, Answer> {
  readonly item: Item
  readonly resolve: (answer: Answer) => void
  readonly reject: (error: unknown) => void
}

/**
 * @param send takes 1 to `limits.items` items, gives as many answers in their order, and fails as a whole
 * @returns the call of one item; it fails with whatever its group failed with
 */
export function grouping<Item, Answer>(
  send: (items: readonly Item[]) => Promise<readonly Answer[]>,
  limits: Limits,
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = []
  let onTheirWay = 0
  let isDue = false

  function goOn(): void {
    isDue = false
    while (waiting.length > 0 && onTheirWay < limits.groups) {
      void travel(waiting.splice(0, limits.items))
    }
  }

  async function travel(group: readonly Waiting<Item, Answer>[]): Promise<void> {
    onTheirWay += 1
    try {
      const answers = await send(group.map(({ item }) => item))
      if (answers.length !== group.length) throw new Error('Ответов не столько, сколько вопросов')
      for (const [index, { resolve }] of group.entries()) resolve(answers[index] as Answer)
    } catch (error) {
      for (const { reject } of group) reject(error)
    } finally {
      onTheirWay -= 1
      goOn()
    }
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (isDue) return
      // What one turn of the event loop has read from many sockets goes in one group.
      isDue = true
      setImmediate(goOn)
    })
}
