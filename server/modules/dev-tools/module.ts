export { platformDemoRoutes, publicInfo, storeDemoRoutes } from './routes.ts';
