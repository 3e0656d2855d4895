// The console's addresses. Filters live in them, so that a view can be sent to a colleague; a page's own code
// is fetched when it is first opened.

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router'
import { queryClient } from './api/client.ts'
import { ME, type Standing } from './api/me.ts'
import { readDeskSearch } from './cashier/desk-search.ts'
import { readOverviewSearch } from './overview/overview-search.ts'
import { readFilters } from './payments/filters.ts'
import {
  readDaySearch,
  readReconciliationSearch,
  readStatementSearch,
} from './reconciliation/reconciliation-search.ts'
import { readSettingsSearch } from './settings/settings-search.ts'
import { Broken, Lost } from './shell/lost.tsx'
import { placesFor } from './shell/navigation.tsx'
import { Shell } from './shell/shell.tsx'
import { readSourceSearch } from './sources/source-search.ts'
import { readTaskSearch } from './tasks/task-search.ts'
import { readPairSearch } from './terminals/pairing/pair-search.ts'
import { readWallSearch } from './terminals/wall-search.ts'

const root = createRootRoute({ component: Shell, notFoundComponent: Lost, errorComponent: Broken })

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    const me = queryClient.getQueryData<Standing>(ME)
    const [first] =
      me === null || me === undefined || me === 'must_enrol' ? [] : placesFor(me.rights)
    if (first !== undefined) throw redirect({ to: first.path })
  },
})

const overview = createRoute({
  getParentRoute: () => root,
  path: '/overview',
  validateSearch: readOverviewSearch,
  component: lazyRouteComponent(() => import('./overview/overview-page.tsx'), 'OverviewPage'),
})

const payments = createRoute({
  getParentRoute: () => root,
  path: '/payments',
  validateSearch: readFilters,
  component: lazyRouteComponent(() => import('./payments/list-page.tsx'), 'ListPage'),
})

const payment = createRoute({
  getParentRoute: () => root,
  path: '/payments/$id',
  component: lazyRouteComponent(() => import('./payments/story-page.tsx'), 'StoryPage'),
})

const cashier = createRoute({
  getParentRoute: () => root,
  path: '/cashier',
  validateSearch: readDeskSearch,
  component: lazyRouteComponent(() => import('./cashier/cashier-page.tsx'), 'CashierPage'),
})

const terminals = createRoute({
  getParentRoute: () => root,
  path: '/terminals',
  validateSearch: readWallSearch,
  component: lazyRouteComponent(() => import('./terminals/wall-page.tsx'), 'WallPage'),
})

const newTerminal = createRoute({
  getParentRoute: () => root,
  path: '/terminals/new',
  component: lazyRouteComponent(
    () => import('./terminals/pairing/new-terminal-page.tsx'),
    'NewTerminalPage',
  ),
})

const pairing = createRoute({
  getParentRoute: () => root,
  path: '/terminals/$id/pair',
  validateSearch: readPairSearch,
  component: lazyRouteComponent(() => import('./terminals/pairing/pair-page.tsx'), 'PairPage'),
})

const camera = createRoute({
  getParentRoute: () => root,
  path: '/terminals/$id/camera',
  component: lazyRouteComponent(() => import('./terminals/camera-page.tsx'), 'CameraPage'),
})

const tasks = createRoute({
  getParentRoute: () => root,
  path: '/tasks',
  validateSearch: readTaskSearch,
  component: lazyRouteComponent(() => import('./tasks/tasks-page.tsx'), 'TasksPage'),
})

const reconciliation = createRoute({
  getParentRoute: () => root,
  path: '/reconciliation',
  validateSearch: readReconciliationSearch,
  component: lazyRouteComponent(
    () => import('./reconciliation/reconciliation-page.tsx'),
    'ReconciliationPage',
  ),
})

const statement = createRoute({
  getParentRoute: () => root,
  path: '/reconciliation/statements/$id',
  validateSearch: readStatementSearch,
  component: lazyRouteComponent(
    () => import('./reconciliation/statement-page.tsx'),
    'StatementPage',
  ),
})

const day = createRoute({
  getParentRoute: () => root,
  path: '/reconciliation/days/$day',
  validateSearch: readDaySearch,
  component: lazyRouteComponent(() => import('./reconciliation/day-page.tsx'), 'DayPage'),
})

const sources = createRoute({
  getParentRoute: () => root,
  path: '/sources',
  component: lazyRouteComponent(() => import('./sources/sources-page.tsx'), 'SourcesPage'),
})

const source = createRoute({
  getParentRoute: () => root,
  path: '/sources/$id',
  validateSearch: readSourceSearch,
  component: lazyRouteComponent(() => import('./sources/source-page.tsx'), 'SourcePage'),
})

const delivery = createRoute({
  getParentRoute: () => root,
  path: '/deliveries/$id',
  component: lazyRouteComponent(() => import('./webhooks/delivery-page.tsx'), 'DeliveryPage'),
})

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  validateSearch: readSettingsSearch,
  component: lazyRouteComponent(() => import('./settings/settings-page.tsx'), 'SettingsPage'),
})

const firstRun = createRoute({
  getParentRoute: () => root,
  path: '/first-run',
  component: lazyRouteComponent(() => import('./first-run/first-run-page.tsx'), 'FirstRunPage'),
})

const pages = [
  home,
  overview,
  cashier,
  payments,
  payment,
  terminals,
  newTerminal,
  pairing,
  camera,
  tasks,
  reconciliation,
  statement,
  day,
  sources,
  source,
  delivery,
  settings,
  firstRun,
] as const

export const router = createRouter({
  routeTree: root.addChildren(pages),
  basepath: '/console',
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: Lost,
  scrollRestoration: true,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
