// The words of commands over the whole database: its copies.

import type { Command } from 'commander'
import { restoreBackupNow, takeBackupNow } from './backup.ts'

export function addOperateCommands(program: Command): void {
  program
    .command('backup <folder>')
    .description('копия всей базы в новую папку; центр при этом работает')
    .option('--json', 'для программ')
    .action(takeBackupNow)
  program
    .command('restore <folder>')
    .description('наполнить пустую базу копией и сверить терминалы с её времени')
    .action(restoreBackupNow)
}
