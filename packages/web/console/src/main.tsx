// The console put together. It knows nothing of money but what the centre tells it.

import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api/client.ts'
import { Door } from './login/door.tsx'
import { Looking } from './shell/look.tsx'
import { proveStyles } from './shell/nonce.ts'
import './main.css'
import { Speaking } from './words/language.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('В index.html нет #root')

proveStyles()

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Speaking>
        <Looking>
          <Door />
        </Looking>
      </Speaking>
    </QueryClientProvider>
  </StrictMode>,
)
