/** The calm page while there is no console yet. */
import { byId, shell } from './page.ts';

const title = byId('title');
const detail = byId('detail');

shell.onServerState((state) => {
  title.textContent = state.status === 'restarting' ? 'Starting the server again' : 'Starting the server';
  detail.textContent = state.detail ?? '';
});
