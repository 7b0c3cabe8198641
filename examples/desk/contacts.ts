import type { Agent } from './people.ts';

interface Contact {
  readonly Name: string;
  readonly Phone: string | null;
  readonly MobilePhone: string | null;
}

/** Lists people of the practice org as an ordinary page would: names and numbers, nothing of ours. */
export async function showContacts(list: Element, agent: Agent): Promise<void> {
  const query = 'SELECT Name, Phone, MobilePhone FROM Contact ORDER BY Id DESC LIMIT 12';
  const response = await fetch(`/services/data/v68.0/query?q=${encodeURIComponent(query)}`, {
    headers: { authorization: `Bearer sandbox-${agent.user}` },
  });
  if (!response.ok) return;
  const { records } = (await response.json()) as { records: Contact[] };
  list.replaceChildren(...records.map(row));
}

function row({ Name, Phone, MobilePhone }: Contact): HTMLLIElement {
  const item = document.createElement('li');
  const name = document.createElement('span');
  name.textContent = Name;
  const number = document.createElement('span');
  number.textContent = Phone ?? MobilePhone ?? '';
  item.append(name, number);
  return item;
}
