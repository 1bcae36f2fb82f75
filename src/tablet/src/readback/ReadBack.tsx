// Everything that was said, in the client's own form, with one question each time: is this right?
import { pick, useLanguage } from '../i18n/i18n';
import type { Action, Draft } from '../conversation/state';
import type { Instrument } from '../instrument/types';
import { screensOf, type Screen } from '../instrument/visible';
import { SpeakButton } from '../conversation/Readable';
import { useReader, type Piece } from '../conversation/useReader';
import { ChooseOne } from '../shell/Choices';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Symbol } from '../shell/Symbol';
import { AnswerBack } from './AnswerBack';
import { saidInWords } from './inWords';
import './readback.css';

interface Props {
  draft: Draft;
  instrument: Instrument;
  act: (...actions: Action[]) => void;
  onStop: () => void;
}

const touched = (draft: Draft, screen: Screen): boolean =>
  [screen.question.id, screen.wish?.id].some(
    (id) => id !== undefined && (draft.answers[id] !== undefined || draft.passed[id] || draft.words[id]),
  );

export function ReadBack({ draft, instrument, act, onStop }: Props) {
  const { t, lang } = useLanguage();
  const reader = useReader(draft.language);
  const screens = screensOf(instrument, draft.answers).filter((s) => touched(draft, s));
  const sections = instrument.sections.filter((s) => screens.some((screen) => screen.section.id === s.id));
  const ownWords = screens.some(
    (s) => draft.words[s.question.id] ?? (s.question.present === 'text' && draft.answers[s.question.id]),
  );
  const pieces = (): Piece[] =>
    screens.map((s) => {
      const said = saidInWords(s, draft, lang, t);
      return { id: s.question.id, shown: said, said };
    });
  const lastQuestion = screens[screens.length - 1]?.question.id ?? draft.at;
  return (
    <>
      <main class="talk__main talk__main--list">
        <div class="readback__head">
          <Heading step="readback">
            {t(draft.perspective === 'client' ? 'readback.title' : 'readback.title-other')}
          </Heading>
          <p class="lead">{t('readback.lead')}</p>
          <SpeakButton reader={reader} pieces={pieces()} />
        </div>
        {sections.map((section) => (
          <section key={section.id} class="back" aria-labelledby={`back-${section.id}`}>
            <h2 id={`back-${section.id}`} class="back__title">
              <Symbol id={section.picture} size="s" /> {pick(section.title, lang)}
            </h2>
            {screens
              .filter((s) => s.section.id === section.id)
              .map((s) => (
                <AnswerBack
                  key={s.question.id}
                  screen={s}
                  draft={draft}
                  kind={instrument.kind}
                  act={act}
                  spoken={reader.at?.piece === s.question.id}
                />
              ))}
          </section>
        ))}
        {sections.length === 0 && <p class="empty">{t('readback.empty')}</p>}
        {ownWords && !draft.anonymous && (
          <section class="quotes">
            <ChooseOne
              legend={t('quotes.ask')}
              name="quotes"
              value={draft.quotesAllowed ? 'yes' : 'no'}
              choices={[
                { value: 'yes', label: t('quotes.yes') },
                { value: 'no', label: t('quotes.no') },
              ]}
              onChange={(value) => act({ type: 'quotes', allowed: value === 'yes' })}
            />
            <p class="quiet">{t('quotes.text')}</p>
          </section>
        )}
      </main>
      <footer class="talk__bar">
        <button
          type="button"
          class="button button--plain"
          data-testid="back"
          onClick={() => act({ type: 'goto', question: lastQuestion })}
        >
          <Icon name="back" /> {t('back')}
        </button>
        <button type="button" class="button button--stop" data-testid="stop" onClick={onStop}>
          <Icon name="rest" /> {t(draft.perspective === 'client' ? 'stop' : 'stop.other')}
        </button>
        <button
          type="button"
          class="button"
          data-testid="readback-skip"
          onClick={() => act({ type: 'confirm', readBack: 'not-done' })}
        >
          {t('readback.skip')}
        </button>
        <button
          type="button"
          class="button button--main"
          data-testid="readback-confirm"
          onClick={() => act({ type: 'confirm', readBack: 'confirmed' })}
        >
          <Icon name="check" /> {t('readback.confirm')}
        </button>
      </footer>
    </>
  );
}
