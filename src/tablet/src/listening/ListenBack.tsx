// Reading back by ear: each answer is said, and it is asked whether it is right; what is not is asked again at once.
import { useState } from 'preact/hooks';
import type { Action, Draft } from '../conversation/state';
import { pick, useLanguage } from '../i18n/i18n';
import type { Instrument, Question } from '../instrument/types';
import { screensOf } from '../instrument/visible';
import { saidInWords } from '../readback/inWords';
import { ListenPad, type Item } from './ListenPad';
import { answersOf, askedOf, chosenOf, valueOf } from './ListenScreen';

interface Props {
  draft: Draft;
  instrument: Instrument;
  act: (...actions: Action[]) => void;
}

export function ListenBack({ draft, instrument, act }: Props) {
  const { t, lang } = useLanguage();
  const [index, setIndex] = useState(0);
  const [changing, setChanging] = useState<Question[]>([]);
  const said = screensOf(instrument, draft.answers).filter(
    (s) => draft.answers[s.question.id] !== undefined || draft.words[s.question.id],
  );
  const screen = said[index];
  const [asked, ...after] = changing;
  const body = (() => {
    if (asked)
      return (
        <ListenPad
          step={`change/${asked.id}`}
          title={pick(asked.text, lang)}
          intro={[askedOf(asked, lang, instrument)]}
          items={[
            ...answersOf(asked, lang, instrument),
            { id: 'keep', text: t('listen.keep'), atOnce: true },
            { id: 'pass', text: t('readback.pass') },
          ]}
          chosen={chosenOf(draft.answers[asked.id])}
          onTake={(id) => {
            if (id === 'pass') act({ type: 'pass', question: asked.id });
            else if (id !== 'keep') {
              const value = valueOf(asked, id.slice('answer:'.length), draft.answers[asked.id]);
              act({ type: 'answer', question: asked.id, value });
            }
            setChanging(after);
          }}
        />
      );
    if (screen)
      return (
        <ListenPad
          step={`back/${screen.question.id}/${String(draft.answers[screen.question.id] ?? '')}`}
          title={saidInWords(screen, draft, lang, t)}
          intro={[
            index === 0 ? t('readback.title') : '',
            saidInWords(screen, draft, lang, t),
            t('readback.ask'),
          ]}
          items={[
            { id: 'right', text: t('listen.right'), atOnce: true },
            { id: 'change', text: t('readback.change'), atOnce: true },
            ...(index > 0 ? [{ id: 'back', text: t('listen.one-back'), atOnce: true }] : []),
          ]}
          onTake={(id) => {
            if (id === 'right') setIndex(index + 1);
            else if (id === 'back') setIndex(index - 1);
            else setChanging([screen.question, ...(screen.wish ? [screen.wish] : [])]);
          }}
        />
      );
    const all = said.length === 0 ? t('readback.empty') : t('listen.all-heard');
    // Words of who gives no name do not leave: there is nothing to be quoted.
    const quotes: Item[] = draft.anonymous
      ? [{ id: 'right', text: t('listen.right') }]
      : [
          { id: 'no', text: t('listen.quotes-no') },
          { id: 'yes', text: t('listen.quotes-yes') },
        ];
    return (
      <ListenPad
        step="back/end"
        title={all}
        intro={[all, draft.anonymous ? '' : t('quotes.ask')]}
        items={[
          ...quotes,
          ...(said.length > 0 ? [{ id: 'again', text: t('listen.again'), atOnce: true }] : []),
        ]}
        onTake={(id) => {
          if (id === 'again') return setIndex(0);
          act({ type: 'quotes', allowed: id === 'yes' }, { type: 'confirm', readBack: 'confirmed' });
        }}
      />
    );
  })();
  return (
    <main class="talk__main talk__main--wide" data-testid="listen-back">
      {body}
    </main>
  );
}
