import type { Route } from './route.ts';
import { collectionRoutes } from './collections.ts';
import { compositeRoutes } from './composite.ts';
import { queryRoutes } from './query.ts';
import { sobjectRoutes } from './sobjects.ts';

/** The API versions offered, oldest first. */
export const VERSIONS: readonly number[] = Array.from({ length: 68 - 45 + 1 }, (_, index) => 45 + index);

/** Every resource below `/services/data/vNN.0`. */
export const routes: Route[] = [
  {
    pattern: /^\/limits\/?$/,
    methods: {
      GET: (call) => {
        const { max, used } = call.world.settings().apiLimit;
        return { status: 200, body: { DailyApiRequests: { Max: max, Remaining: max - used } } };
      },
    },
  },
  ...queryRoutes,
  ...collectionRoutes,
  ...compositeRoutes,
  ...sobjectRoutes,
];

/** What `/services/data/vNN.0/` lists. */
export function versionResources(apiBase: string, identity: string): Record<string, string> {
  const names = ['sobjects', 'query', 'queryAll', 'search', 'parameterizedSearch', 'limits', 'composite'];
  return { ...Object.fromEntries(names.map((name) => [name, `${apiBase}/${name}`])), identity };
}

/** A version as `/services/data` lists it; there are three releases a year, 68 being Winter '27. */
export function versionEntry(version: number): Record<string, string> {
  const releases = version - 65;
  const season = ['Winter', 'Spring', 'Summer'][((releases % 3) + 3) % 3];
  return {
    label: `${season} '${26 + Math.floor(releases / 3)}`,
    url: `/services/data/v${version}.0`,
    version: `${version}.0`,
  };
}
