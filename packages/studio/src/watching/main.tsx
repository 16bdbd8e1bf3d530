import { effect } from '@preact/signals'
import { render } from 'preact'
import '@gankit/page-kit/styles.css'
import '../style/run.css'
import '../style/studio.css'
import { WatchPage } from './app.tsx'
import { WatchClient } from './client.ts'

// The token stands behind the address's #, which no server and no log gets.
const client = new WatchClient(new URLSearchParams(location.hash.slice(1)).get('token') ?? '')
effect(() => {
  document.title = `${client.title.value ?? 'gankit watch'} – gankit`
})
render(<WatchPage client={client} />, document.getElementById('app')!)
void client.follow()
