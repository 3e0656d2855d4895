// A port of which only a part stands in the world: the rest refuses loudly, so that a road which comes to
// need it is noticed at once and not walked on thin air.

export function notHere<Port extends object>(name: string, part: Partial<Port>): Port {
  return new Proxy(part, {
    get(target, key, receiver) {
      const own: unknown = Reflect.get(target, key, receiver)
      if (own !== undefined || typeof key === 'symbol' || key === 'then') return own
      return () => {
        throw new Error(`В мире нет ${name}.${key}`)
      }
    },
  }) as Port
}
