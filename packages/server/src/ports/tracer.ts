// Where the time of a payment went, told to whoever collects traces. Facts are ids of our own, words and
// numbers: no phone, token, code or address has a name here.

export interface SpanFacts {
  readonly payment?: string
  /** A refund's id where it is one. */
  readonly attempt?: string
  readonly terminal?: number
  readonly delivery?: string
  /** Of the attempt, as the look found it. */
  readonly state?: string
  readonly input?: string
  readonly outcome?: string
  readonly method?: string
  /** The template, never the address. */
  readonly route?: string
  readonly httpStatus?: number
}

export interface Span {
  tell(facts: SpanFacts): void
  /** Nothing happened in it that anybody would look for: it is not kept, and those inside it should not be. */
  drop(): void
}

/** One that begins and ends in different places. */
export interface OpenSpan extends Span {
  /** Calls `next`, and all that it begins, inside the span. */
  run(next: () => void): void
  end(): void
}

export interface Tracer {
  /** @param traceparent the caller's own, by W3C Trace Context; anything else begins a new trace */
  begin(name: string, facts: SpanFacts, traceparent: unknown): OpenSpan
  /**
   * Runs `work` as a part of what runs around it. Where nothing does, it goes on from the last span of its payment
   * on this instance.
   */
  span<T>(name: string, facts: SpanFacts, work: (span: Span) => Promise<T>): Promise<T>
  /** What is under way now, as the header of W3C Trace Context; null where nothing is traced. */
  traceparent(): string | null
}
