import type { Route } from './route.ts';

/** `/query`, `/queryAll` and `/search`. */
export const queryRoutes: Route[] = [];
