// The texts of handing over, in both languages: they come with their screen, which hardly anybody ever opens.
import type { Lang } from '../instrument/types';

const nl = {
  title: 'Werk overdragen',
  lead: 'Is een collega weg, en wachten hier nog gesprekken? Een beheerder kan ze van deze tablet versturen. Niemand leest mee: ze blijven verzegeld tot ze binnen zijn.',
  whose: 'Van wie is het werk?',
  'whose-missing': 'Kies eerst van wie het werk is.',
  next: 'Verder: de beheerder meldt zich aan',
  progress: '{done} van {of} verstuurd',
  'not-allowed': 'Alleen een beheerder van deze locatie kan dit. Er is niets weggegaan van de tablet.',
  offline: 'Er is geen internet. Wat nog niet is aangekomen, wacht hier.',
  trouble: 'Het lukt nu niet. Wat nog niet is aangekomen, wacht hier. Probeer het straks nog eens.',
  done: 'Overgedragen',
  none: 'Niet overgedragen',
  one: '1 gesprek is aangekomen.',
  many: '{n} gesprekken zijn aangekomen.',
  refused: 'Niet aangenomen: {n} ({codes}). Dat werk blijft verzegeld op deze tablet staan.',
  close: 'Klaar',
} as const;

export type HandOverText = keyof typeof nl;

const en: Record<HandOverText, string> = {
  title: 'Hand over work',
  lead: 'Has a colleague left, and are conversations still waiting here? An administrator can send them from this tablet. Nobody reads along: they stay sealed until they have arrived.',
  whose: 'Whose work is it?',
  'whose-missing': 'First choose whose work it is.',
  next: 'Next: the administrator signs in',
  progress: '{done} of {of} sent',
  'not-allowed': 'Only an administrator of this location can do this. Nothing has left the tablet.',
  offline: 'There is no internet. What has not arrived waits here.',
  trouble: 'That does not work now. What has not arrived waits here. Try again later.',
  done: 'Handed over',
  none: 'Not handed over',
  one: '1 conversation has arrived.',
  many: '{n} conversations have arrived.',
  refused: 'Not accepted: {n} ({codes}). That work stays on this tablet, sealed.',
  close: 'Done',
};

export const handOverTexts: Record<Lang, Record<HandOverText, string>> = { nl, en };
