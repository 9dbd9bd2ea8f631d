export { dashboardRoutes, renderDashboardSignIn } from './routes.ts';
