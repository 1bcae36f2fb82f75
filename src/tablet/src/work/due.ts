// Why someone is on the list, in words, and in which part of the list.
import type { Key, Translate } from '../i18n/i18n';
import type { Client, Due } from './types';

const DAY = 86_400_000;
const startOfDay = (iso: string): number => Date.parse(`${iso}T00:00:00Z`);

/** Whole days from today, by the calendar on the wall, to a date. */
export function daysUntil(dueOn: string, now: number): number {
  const today = new Date(now);
  const start = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
  return Math.round((startOfDay(dueOn) - start) / DAY);
}

function span(days: number, t: Translate): string {
  const count = (n: number, one: Key, many: Key): string => (n === 1 ? t(one) : t(many, { n }));
  if (days < 14) return count(days, 'span.day', 'span.days');
  if (days < 60) return count(Math.round(days / 7), 'span.week', 'span.weeks');
  if (days < 700) return count(Math.round(days / 30.4), 'span.month', 'span.months');
  return count(Math.round(days / 365), 'span.year', 'span.years');
}

export function reason(due: Due, now: number, t: Translate): string {
  const days = daysUntil(due.dueOn, now);
  if (days < 0) return t('due.overdue', { span: span(-days, t) });
  if (days === 0) return t('due.today');
  return t('due.within', { span: span(days, t) });
}

export interface Parts {
  now: Client[];
  later: Client[];
  rest: Client[];
}

/** Who is due first, then who comes later, then everyone else. The order within is the service's. */
export function partsOf(clients: Client[], search: string): Parts {
  const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const wanted = plain(search.trim());
  const found = clients.filter((c) => plain(c.name).includes(wanted));
  const isNow = (c: Client): boolean => c.due.some((d) => d.state !== 'upcoming');
  return {
    now: found.filter(isNow),
    later: found.filter((c) => !isNow(c) && c.due.length > 0),
    rest: found.filter((c) => c.due.length === 0),
  };
}
