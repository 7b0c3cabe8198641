import './registrations.ts';
import 'virtual:first-elements';

/** What comes right after the first paint. */
export const desk = () => import('./desk.ts');
