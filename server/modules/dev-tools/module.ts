export { demoOrderRoutes } from './demo-orders.ts';
export { platformDemoRoutes, publicInfo, storeDemoRoutes } from './routes.ts';
