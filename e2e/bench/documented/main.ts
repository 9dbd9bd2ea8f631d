/** `main.ts DATA_DIR DATABASE_FILE`: makes the database from the folder's stores, then serves the catalogue page. */
import { servePage } from '../page/serve-page.ts';
import { fillDatabase } from './fill.ts';
import { defineModels } from './models.ts';
import { createCataloguePage } from './page.ts';

const [dataDir = '', databaseFile = ''] = process.argv.slice(2);
const models = defineModels(databaseFile);
await models.sequelize.sync();
await fillDatabase(models, dataDir);
servePage(createCataloguePage(models));
