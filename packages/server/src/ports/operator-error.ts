// A fault that whoever runs the centre can mend. Its message is a Russian sentence that says what to
// do; it is shown without a stack, and never carries a password.

export class OperatorError extends Error {
  override readonly name: string = 'OperatorError'
}
