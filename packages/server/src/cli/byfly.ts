#!/usr/bin/env node
// The command line: which words there are, and what each does. The work itself is the middle's.

import { ROLES } from '@byfly-pay/core'
import { Command, CommanderError } from 'commander'
import { OperatorError } from '../ports/operator-error.ts'
import { lazily } from './lazily.ts'
import { addMonthCommands } from './month-commands.ts'
import { addOperateCommands } from './operate-commands.ts'
import { complain } from './output.ts'
import { addQrApiCommands } from './qr-api-commands.ts'
import { addRefundCommands } from './refund-commands.ts'
import { addTerminalCommands } from './terminal-commands.ts'

const TITLES: Readonly<Record<string, string>> = {
  'Usage:': 'Запуск:',
  'Options:': 'Ключи:',
  'Commands:': 'Команды:',
  'Arguments:': 'Аргументы:',
}

/** What a person typed wrong, by the library's own codes; its words are English. */
const MISTAKES: Readonly<Record<string, string>> = {
  'commander.unknownCommand': 'Такой команды нет',
  'commander.unknownOption': 'Такого ключа нет',
  'commander.missingArgument': 'Не хватает аргумента',
  'commander.missingMandatoryOptionValue': 'Не хватает обязательного ключа',
  'commander.optionMissingArgument': 'У ключа не хватает значения',
  'commander.excessArguments': 'Лишние аргументы',
}

function buildProgram(): Command {
  const program = new Command('byfly')
    .description('Платёжный центр ByFly Pay')
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .configureHelp({ styleTitle: (title) => TITLES[title] ?? title })
    .helpOption('-h, --help', 'показать помощь')
    .helpCommand('help [command]', 'помощь по команде')
  program
    .command('serve')
    .description('запустить центр')
    .action(lazily(() => import('./serve.ts'), 'serve'))
  program
    .command('migrate')
    .description('привести базу данных к этой версии')
    .action(lazily(() => import('./migrate.ts'), 'migrateDatabase'))
  program
    .command('setup-code')
    .description('код для первого входа в пустой центр')
    .action(lazily(() => import('./setup-code.ts'), 'newSetupCode'))
  program
    .command('restored')
    .description('сказать, что база возвращена из копии; до запуска центра')
    .requiredOption('--since <time>', 'время копии с поясом: 2026-01-31T10:00:00+05:00')
    .action(lazily(() => import('./restored.ts'), 'declareRestoredNow'))
  program
    .command('import <mapping>')
    .description('перенести прежний центр по файлу переноса')
    .option('--dry-run', 'прочитать и проверить всё, ничего не записывая')
    .option('--from <from>', 'откуда, если не оттуда, что в файле: postgres://… или папка с CSV')
    .option('--reasons <file>', 'куда писать, что не перенесено и почему', 'import-reasons.csv')
    .option('--json', 'отчёт для программ')
    .action(lazily(() => import('./import.ts'), 'importNow'))

  const source = program.command('source').description('источники: сайты, CRM, боты, приложения')
  source
    .command('add <name>')
    .description('создать источник; токен и секрет показываются один раз')
    .option('--type <type>', 'website, mobile_app, desktop_app или other', 'website')
    .option('--unit <unit>', 'единица сумм в API: tiyn или tenge', 'tiyn')
    .option('--webhook <url>', 'куда слать вебхуки, если платёж не говорит иначе')
    .option('--events <list>', 'события кроме paid через запятую')
    .option('--description <text>', 'описание')
    .option('--json', 'ответ для программ')
    .action(lazily(() => import('./source.ts'), 'addSource'))
  source
    .command('list')
    .description('список')
    .option('--json', 'для программ')
    .action(lazily(() => import('./source.ts'), 'listSources'))
  source
    .command('rotate <id>')
    .description('выпустить новый токен или секрет')
    .requiredOption('--what <what>', 'token или secret')
    .option('--overlap-hours <hours>', 'сколько ещё действует прежний', '24')
    .action(lazily(() => import('./source.ts'), 'rotateSource'))

  addTerminalCommands(program)

  addQrApiCommands(program)

  addRefundCommands(program)

  addStaffCommands(program)
  addDeskCommands(program)
  addBookCommands(program)
  addAlertCommands(program)
  addMonthCommands(program)
  addOperateCommands(program)

  const audit = program.command('audit').description('журнал действий')
  audit
    .command('verify')
    .description('проверить, что его не правили')
    .action(lazily(() => import('./audit.ts'), 'verifyAuditNow'))

  const secrets = program.command('secrets').description('что лежит в базе зашифрованным')
  secrets
    .command('rotate')
    .description('перешифровать новым ключом; прежний — в BYFLY_SECRET_KEY_OLD')
    .option('--check', 'только сказать, что ещё под прежним')
    .action(lazily(() => import('./secrets.ts'), 'rotateSecretsNow'))

  const sms = program.command('sms').description('SMS сотрудникам')
  sms
    .command('status')
    .description('кто отправляет, остаток на счёте, последняя ошибка')
    .action(lazily(() => import('./sms.ts'), 'showSmsStatus'))
  sms
    .command('test <phone>')
    .description('отправить проверочное SMS')
    .action(lazily(() => import('./sms.ts'), 'testSms'))

  const login = program.command('login').description('вход сотрудников')
  login
    .command('unlock <phone>')
    .description('снять лимиты кодов и попыток с телефона сотрудника')
    .action(lazily(() => import('./login.ts'), 'unlockLoginNow'))
  login
    .command('reset-second-factor <phone>')
    .description('сбросить потерянный второй фактор')
    .action(lazily(() => import('./login.ts'), 'resetSecondFactorNow'))
  const figures = program.command('figures').description('отчёты')
  figures
    .command('check')
    .description('сверить с платежами и проводками')
    .action(lazily(() => import('./figures.ts'), 'checkFiguresNow'))
  figures
    .command('rebuild')
    .description('исправить по платежам и проводкам, перейти на заданный часовой пояс')
    .action(lazily(() => import('./figures.ts'), 'rebuildFiguresNow'))
  const payment = program.command('payment').description('платежи')
  payment
    .command('show <id>')
    .description('показать платёж')
    .option('--json', 'для программ')
    .action(lazily(() => import('./payment.ts'), 'showPayment'))
  payment
    .command('events <id>')
    .description('история платежа')
    .action(lazily(() => import('./payment.ts'), 'showPaymentEvents'))
  payment
    .command('cancel <id>')
    .description('отменить платёж')
    .action(lazily(() => import('./payment-actions.ts'), 'cancelNow'))
  payment
    .command('resolve <id>')
    .description('сказать, чем кончилась попытка, о которой терминал уже не скажет')
    .requiredOption('--outcome <outcome>', 'paid или not_paid')
    .option('--attempt <id>', 'номер попытки, если их несколько')
    .option('--amount <tiyn>', 'сколько взял терминал, в тиынах')
    .option('--method <code>', 'чем заплатили: kaspi_gold, kaspi_red…')
    .option('--transaction <number>', 'номер операции Kaspi')
    .requiredOption('--evidence <text>', 'на что вы смотрели')
    .requiredOption('--reason <text>', 'почему решаете вручную')
    .action(lazily(() => import('./payment-actions.ts'), 'resolveNow'))
  const customers = program.command('customers').description('данные клиентов')
  customers
    .command('forget')
    .description('удалить навсегда имя, телефон, почту, описание; суммы и история останутся')
    .option('--payment <id>', 'у одного платежа')
    .option('--phone <phone>', 'у всех платежей этого телефона')
    .action(lazily(() => import('./customers.ts'), 'forgetNow'))
  const webhook = program.command('webhook').alias('webhooks').description('вебхуки')
  webhook
    .command('list')
    .description('последние доставки')
    .option('--payment <id>', 'одного платежа')
    .option('--limit <n>', 'сколько показать', '50')
    .action(lazily(() => import('./webhook.ts'), 'listWebhooks'))
  webhook
    .command('resend <id>')
    .description('отправить снова')
    .action(lazily(() => import('./webhook.ts'), 'resendWebhook'))
  webhook
    .command('doctor <source>')
    .description('проверить приёмник источника мечеными событиями')
    .option('--url <url>', 'куда, если не на адрес источника')
    .action(lazily(() => import('./webhook-doctor.ts'), 'checkReceiverNow'))
  return program
}

function addAlertCommands(program: Command): void {
  const alerts = program.command('alerts').description('тревоги')
  alerts
    .command('list')
    .description('что не так сейчас')
    .option('--all', 'и то, что уже кончилось')
    .action(lazily(() => import('./alerts.ts'), 'listAlerts'))
  alerts
    .command('test')
    .description('отправить проверку во все чаты')
    .action(lazily(() => import('./alerts.ts'), 'testAlerts'))
}

function addStaffCommands(program: Command): void {
  const admin = program.command('admin').description('сотрудники')
  admin
    .command('add <phone>')
    .description('добавить сотрудника')
    .requiredOption('--name <name>', 'имя')
    .requiredOption('--role <role>', `роль: ${ROLES.join(', ')}`)
    .option('--country <country>', 'страна: код ISO или название', 'KZ')
    .option('--countries <list>', 'чьи данные видит: страны через запятую или all')
    .option('--systems <list>', 'платёжные системы через запятую или all')
    .option('--sources <list>', 'источники кассира или разработчика, номера через запятую')
    .action(lazily(() => import('./admin.ts'), 'addAdminNow'))
  admin
    .command('list')
    .description('список')
    .action(lazily(() => import('./admin.ts'), 'listAdmins'))
  admin
    .command('block <id>')
    .description('закрыть вход и все сессии')
    .action(lazily(() => import('./admin.ts'), 'blockAdmin'))
  admin
    .command('unblock <id>')
    .description('снова разрешить вход')
    .action(lazily(() => import('./admin.ts'), 'unblockAdmin'))

  const money = program.command('money').description('приём денег: один выключатель на всех')
  money
    .command('status')
    .description('принимаются ли деньги')
    .action(lazily(() => import('./money.ts'), 'showTakingMoney'))
  money
    .command('stop')
    .description('остановить везде; начатое идёт до конца')
    .requiredOption('--reason <text>', 'зачем: останется в журнале')
    .action(lazily(() => import('./money.ts'), 'stopTakingMoney'))
  money
    .command('start')
    .description('возобновить')
    .requiredOption('--reason <text>', 'зачем: останется в журнале')
    .action(lazily(() => import('./money.ts'), 'startTakingMoney'))
}

function addDeskCommands(program: Command): void {
  const desk = program.command('desk').description('столы: что ждёт человека')
  desk
    .command('list [desk]')
    .description('сколько на каждом или что на одном')
    .action(lazily(() => import('./desk.ts'), 'listDesk'))
  desk
    .command('show <id>')
    .description('запись и что с ней делали')
    .action(lazily(() => import('./desk.ts'), 'showEntryNow'))
  desk
    .command('note <id>')
    .description('оставить заметку')
    .requiredOption('--text <text>', 'заметка')
    .action(lazily(() => import('./desk.ts'), 'noteEntryNow'))
  desk
    .command('close <id>')
    .description('закрыть запись')
    .requiredOption('--reason <text>', 'почему больше не ждёт')
    .action(lazily(() => import('./desk.ts'), 'closeEntryNow'))
}

function addBookCommands(program: Command): void {
  program
    .command('reconcile <file>')
    .description('сверить с выпиской банка, CSV или XLSX')
    .option('--system <code>', 'платёжная система', 'kaspi')
    .option('--country <iso>', 'страна', 'KZ')
    .option('--from <day>', 'выписка говорит о всех днях с этого')
    .option('--to <day>', 'по этот включительно')
    .option('--columns <list>', 'столбцы новой таблицы: at=Дата,amount=Сумма,number=Номер заказа')
    .action(lazily(() => import('./reconcile.ts'), 'reconcileNow'))
  const day = program.command('day').description('дни: закрыть и прочитать отчёт')
  day
    .command('close <day>')
    .description('закрыть день, YYYY-MM-DD')
    .option('--system <code>', 'платёжная система', 'kaspi')
    .option('--country <iso>', 'страна', 'KZ')
    .option('--reason <text>', 'зачем закрыть снова')
    .action(lazily(() => import('./reconcile.ts'), 'closeDayNow'))
  day
    .command('show <day>')
    .description('отчёт закрытого дня')
    .option('--system <code>', 'платёжная система', 'kaspi')
    .option('--country <iso>', 'страна', 'KZ')
    .option('--version <n>', 'которая; обычно последняя')
    .option('--json', 'для программ')
    .action(lazily(() => import('./reconcile.ts'), 'showDayNow'))
}

/** People get a sentence; a stack is for what nobody foresaw. */
function explain(error: unknown): void {
  if (error instanceof CommanderError) {
    const mistake = MISTAKES[error.code]
    const detail = /'[^']+'/.exec(error.message)?.[0] ?? ''
    if (mistake !== undefined) complain(`${mistake} ${detail}`.trim().concat('. Помощь: --help'))
    return
  }
  const { message, stack } = error as Error
  complain(error instanceof OperatorError ? message : (stack ?? message))
}

try {
  await buildProgram().parseAsync()
} catch (error) {
  explain(error)
  process.exitCode = error instanceof CommanderError ? error.exitCode : 1
}
