// A record of the practice org as its own page: enough to see what a call has left there. Anyone may look, as Ann.

const [, , , kind = 'Contact', id = ''] = location.pathname.split('/');
const asAnn = { headers: { authorization: 'Bearer sandbox-ann' } };

interface Task {
  readonly Subject: string;
  readonly Description: string | null;
  readonly ActivityDate: string;
  readonly CallType: string | null;
  readonly CallDurationInSeconds: number | null;
}

async function read<T>(path: string): Promise<T> {
  const response = await fetch(`/services/data/v68.0/${path}`, asAnn);
  if (!response.ok) throw new Error(`The practice org answered ${response.status}.`);
  return (await response.json()) as T;
}

function element(tag: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

async function show(): Promise<void> {
  if (!/^[A-Za-z]+$/.test(kind) || !/^[A-Za-z0-9]{15,18}$/.test(id)) throw new Error('This address names no record.');
  const record = await read<Record<string, unknown>>(`sobjects/${kind}/${id}`);
  const name = String(record['Name'] ?? record['Subject'] ?? id);
  document.title = name;
  document.querySelector('#kind')!.textContent = kind;
  document.querySelector('#name')!.textContent = name;
  const fields = Object.entries(record).filter(([, value]) => value !== null && typeof value !== 'object');
  document
    .querySelector('#fields')!
    .replaceChildren(...fields.flatMap(([field, value]) => [element('dt', field), element('dd', String(value))]));
  const related = kind === 'Account' ? 'WhatId' : 'WhoId';
  const query = `SELECT Subject, Description, ActivityDate, CallType, CallDurationInSeconds FROM Task WHERE ${related} = '${id}' ORDER BY CreatedDate DESC`;
  const { records } = await read<{ records: Task[] }>(`query?q=${encodeURIComponent(query)}`);
  document.querySelector('#activities')!.replaceChildren(...records.map(activity));
}

function activity({ Subject, Description, ActivityDate, CallType, CallDurationInSeconds }: Task): HTMLElement {
  const item = document.createElement('li');
  const facts = [ActivityDate, CallType, CallDurationInSeconds === null ? null : `${CallDurationInSeconds} s`];
  item.append(
    element('strong', Subject),
    element('p', facts.filter(Boolean).join(' · ')),
    element('pre', Description ?? ''),
  );
  return item;
}

show().catch((error: unknown) => {
  document.querySelector('#name')!.textContent = error instanceof Error ? error.message : String(error);
});
