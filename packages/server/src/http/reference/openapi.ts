// As much of OpenAPI 3.1 as the reference touches. Types only.

export interface OpenApiDocument {
  readonly [field: string]: unknown
  readonly paths: Readonly<Record<string, Readonly<Record<string, RouteOperation>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export interface RouteOperation {
  readonly [field: string]: unknown
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

export interface Schema {
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, unknown>>
  readonly [field: string]: unknown
}

export interface Parameter {
  readonly in?: string
  readonly name?: string
  readonly [field: string]: unknown
}
