/** The limit: `main.ts DATA_DIR` serves the catalogue page with prepared statements and compiled templates. */
import { enableCompileCache } from 'node:module';

enableCompileCache();

const [dataDir = ''] = process.argv.slice(2);
const { createCataloguePage } = await import('./page.ts');
const { servePage } = await import('../page/serve-page.ts');
servePage(createCataloguePage(dataDir));
