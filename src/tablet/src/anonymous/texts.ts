// The texts of answering without a name, in both languages: they come with their screens.
import type { Lang } from '../instrument/types';
import { fill, type Values } from '../i18n/i18n';

const nl = {
  title: '{name}, mag jouw naam erbij?',
  'title-other': 'Mag uw naam erbij?',
  'with-title': 'Met mijn naam',
  'with-text': 'Wat je zegt, bewaren we bij jou. We maken samen afspraken.',
  'with-text-other': 'Wat u zegt, bewaren we bij {name}. We maken samen afspraken.',
  'without-title': 'Zonder mijn naam',
  'without-text': 'Niemand kan later zien dat jij dit zei. Er zijn dan geen afspraken.',
  'without-text-other': 'Niemand kan later zien dat u dit zei. Er zijn dan geen afspraken.',
  here: 'Wie nu bij je zit, hoort het wel.',
  'here-other': 'Wie nu bij u zit, hoort het wel.',
  back: 'Terug',
  'send-title': 'Zonder naam versturen?',
  'send-chosen': 'We versturen wat je koos. Je naam gaat niet mee.',
  'send-words': 'Woorden die je zelf zei, gaan ook niet mee.',
  'send-later': 'Het gaat later weg, samen met andere antwoorden.',
  'send-final': 'Daarna kan niemand het terugvinden of veranderen.',
  'send-back': 'Nog iets veranderen',
  send: 'Verstuur zonder naam',
  'kept-title': 'Dank je wel',
  'kept-text': 'Wat je koos, gaat zonder naam weg. Op deze tablet is het gesprek weg.',
  'stopped-title': 'Dat is goed',
  'stopped-text': 'We zijn gestopt. Er is niets verstuurd en niets bewaard.',
  done: 'Naar mijn lijst',
  'wait-title': 'Zonder naam',
  'wait-one':
    'Er wacht 1 antwoord zonder naam. Het gaat vanzelf weg, binnen drie dagen nadat er internet was.',
  'wait-many':
    'Er wachten {n} antwoorden zonder naam. Ze gaan vanzelf weg, binnen drie dagen nadat er internet was.',
  'refused-given': 'Een antwoord zonder naam kan niet weg: deze persoon deed dit kwartaal al mee.',
  'refused-other': 'Een antwoord zonder naam is niet aangenomen.',
  drop: 'Weggooien',
  again: 'Opnieuw proberen',
} as const;

export type AnonymousText = keyof typeof nl;

const en: Record<AnonymousText, string> = {
  title: '{name}, may your name be with it?',
  'title-other': 'May your name be with it?',
  'with-title': 'With my name',
  'with-text': 'What you say is kept with you. Together we agree on what to do.',
  'with-text-other': 'What you say is kept with {name}. Together we agree on what to do.',
  'without-title': 'Without my name',
  'without-text': 'Nobody can see later that you said this. Then there are no agreements.',
  'without-text-other': 'Nobody can see later that you said this. Then there are no agreements.',
  here: 'Whoever is with you now does hear it.',
  'here-other': 'Whoever is with you now does hear it.',
  back: 'Back',
  'send-title': 'Send without a name?',
  'send-chosen': 'We send what you chose. Your name does not go along.',
  'send-words': 'Words of your own do not go along either.',
  'send-later': 'It leaves later, together with other answers.',
  'send-final': 'After that nobody can find it back or change it.',
  'send-back': 'Change something first',
  send: 'Send without a name',
  'kept-title': 'Thank you',
  'kept-text': 'What you chose leaves without a name. The conversation is gone from this tablet.',
  'stopped-title': 'That is fine',
  'stopped-text': 'We stopped. Nothing was sent and nothing was kept.',
  done: 'To my list',
  'wait-title': 'Without a name',
  'wait-one':
    '1 answer without a name is waiting. It leaves by itself, within three days after there was internet.',
  'wait-many':
    '{n} answers without a name are waiting. They leave by themselves, within three days after there was internet.',
  'refused-given': 'An answer without a name cannot leave: this person took part this quarter already.',
  'refused-other': 'An answer without a name was not accepted.',
  drop: 'Throw away',
  again: 'Try again',
};

const texts: Record<Lang, Record<AnonymousText, string>> = { nl, en };

export const say =
  (lang: Lang) =>
  (key: AnonymousText, values?: Values): string =>
    fill(texts[lang][key], values);
