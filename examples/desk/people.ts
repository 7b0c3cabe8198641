/** One of the agents who share the practice org. */
export interface Agent {
  readonly user: string;
  readonly name: string;
  readonly extension: string;
  readonly number: string;
}

const AGENTS: readonly Agent[] = [
  { user: 'ann', name: 'Ann Archer', extension: '1001', number: '+14155550001' },
  { user: 'bob', name: 'Bob Marsh', extension: '1002', number: '+14155550002' },
  { user: 'carol', name: 'Carol Diaz', extension: '1003', number: '+14155550003' },
  { user: 'dave', name: 'Dave Osei', extension: '1004', number: '+14155550004' },
  { user: 'erin', name: 'Erin Walsh', extension: '1005', number: '+14155550005' },
];

/** The agent of `?user=bob`; Ann unless somebody else is named. */
export function agentOf(search: string): Agent {
  const name = new URLSearchParams(search).get('user');
  return AGENTS.find(({ user }) => user === name) ?? AGENTS[0]!;
}
