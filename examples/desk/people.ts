/** One of the agents who share the practice org. */
export interface Agent {
  readonly user: string;
  readonly name: string;
  readonly extension: string;
  readonly number: string;
  /** A second number that calls may go out with. */
  readonly secondNumber?: string;
  readonly profile?: 'agent';
}

const AGENTS: readonly Agent[] = [
  { user: 'ann', name: 'Ann Archer', extension: '1001', number: '+14155550001', secondNumber: '+14155550011' },
  { user: 'bob', name: 'Bob Baker', extension: '1002', number: '+14155550002' },
  { user: 'carol', name: 'Carol Chen', extension: '1003', number: '+14155550003' },
  { user: 'dave', name: 'Dave Diaz', extension: '1004', number: '+14155550004' },
  { user: 'erin', name: 'Erin Evans', extension: '1005', number: '+14155550005', profile: 'agent' },
];

/** The agent of `?user=bob`; Ann unless somebody else is named. */
export function agentOf(search: string): Agent {
  const name = new URLSearchParams(search).get('user');
  return AGENTS.find(({ user }) => user === name) ?? AGENTS[0]!;
}
