// The settings the embedded server runs with. Durability must never be weakened here: `fsync` and
// `synchronous_commit` stay on, except for the tests, which say so by name.

export type ServerTuning = {
  /**
   * Only for tests whose data is thrown away: a crash of the machine may then destroy the cluster.
   */
  readonly isFsyncOn: boolean
  readonly maxConnections: number
}

export const PRODUCTION_TUNING: ServerTuning = { isFsyncOn: true, maxConnections: 200 }

export function serverFlags(cluster: string, port: number, tuning: ServerTuning): string[] {
  const durability: Record<string, string> = tuning.isFsyncOn
    ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
    : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }
  const settings: Record<string, string> = {
    ...durability,
    listen_addresses: '127.0.0.1',
    // The socket's usual folder may not exist, or not be writable for the account; TCP is always
    // there.
    unix_socket_directories: '',
    max_connections: String(tuning.maxConnections),
    shared_buffers: '128MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    password_encryption: 'scram-sha-256',
    // All statements are short; compiling them costs more than it saves.
    jit: 'off',
    // A week of logs, each day's file replaced a week later. Statements stay out of them: they hold
    // customers' phones.
    logging_collector: 'on',
    log_directory: '../log',
    log_filename: 'postgresql-%a.log',
    log_truncate_on_rotation: 'on',
    log_rotation_age: '1d',
    log_rotation_size: '0',
    log_min_error_statement: 'panic',
    log_checkpoints: 'off',
  }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return ['-D', cluster, '-p', String(port), ...flags]
}
