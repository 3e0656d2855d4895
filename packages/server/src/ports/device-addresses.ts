// How the address of a device is read, and whether a device may be there (N6, A8).

export interface DeviceAddress {
  readonly scheme: 'http' | 'https'
  /** A lower-case name, an IPv4 or a bare IPv6 address. */
  readonly host: string
  readonly port: number
}

export interface DeviceAddresses {
  /**
   * What people write: `host`, `http://host`, `https://host`, with or without a port. Null for what
   * is not plainly one host, and when it names another port than `port`; `otherwise` counts where
   * neither names one.
   */
  read(text: string, port: number | null, otherwise?: number): DeviceAddress | null
  /** The same of a camera's address, a whole URL of http or https; null for anything else. */
  readCamera(url: string): DeviceAddress | null
  /** Of a camera that is known by its number alone; null without a configured base (N6). */
  cameraUrl(cameraId: number): string | null
  /**
   * False where no device may be, so that a person hears of it at once. A name that says nothing
   * now is let through: every connection is checked again when it is made.
   */
  isAllowed(address: DeviceAddress): Promise<boolean>
}
