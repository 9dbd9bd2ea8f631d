export { platformApiRoutes, storeApiRoutes } from './routes.ts';
