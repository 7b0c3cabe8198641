import { atom } from 'nanostores';
import type { Tabs } from '../ports/tabs.ts';

/** The only tab there is: leads, hears nobody. What is used when no tabs are given. */
export function alone(): Tabs {
  return {
    id: 'alone',
    $leading: atom(true),
    join: () => Promise.resolve(),
    publish: () => undefined,
    listen: () => () => undefined,
    leave: () => Promise.resolve(),
  };
}
