// Two views of one client, answered apart and now side by side. What differs comes first and is the start of a talk;
// nothing is added up, averaged or called right.
import { useMemo, useRef, useState } from 'preact/hooks';
import { ComfortButton } from '../comfort/ComfortButton';
import { uuidv7 } from '../conversation/uuid';
import { LanguageContext, pick, translator, type Key } from '../i18n/i18n';
import type { Instrument } from '../instrument/types';
import type { Present } from '../conversation/state';
import { ChooseSome } from '../shell/Choices';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Tip } from '../conversation/Tip';
import { useAnnounce } from '../shell/announce';
import { BesideRow } from './BesideRow';
import { Points } from './Points';
import { rowsOf, type Row, type Said } from './sets';
import { newPoint, type Point, type TogetherTalk } from './talk';
import { viewNames } from './views';
import './together.css';
import '../conversation/conversation.css';
import '../conversation/answers.css';

interface Props {
  talk: TogetherTalk;
  instrument: Instrument;
  save: (talk: TogetherTalk) => Promise<void>;
  onPause: () => void;
  onFinish: (talk: TogetherTalk) => void;
}

const people: Present[] = ['client', 'relative', 'interpreter'];

export function SideBySide({ talk: start, instrument, save, onPause, onFinish }: Props) {
  const [talk, setTalk] = useState(start);
  const [saveFailed, setSaveFailed] = useState(false);
  const [busy, setBusy] = useState(false);
  const saving = useRef<Promise<void>>(Promise.resolve());
  const announce = useAnnounce();
  const language = { lang: talk.language, t: translator(talk.language) };
  const { lang, t } = language;
  const name = talk.client.shortName;
  const names = viewNames(talk.sides, name, t);
  const said = useMemo(() => talk.sides.flatMap((s): Said[] => (s.said ? [s.said] : [])), [talk.sides]);
  const rows = useMemo(() => rowsOf(instrument, said), [instrument, said]);

  const keep = (part: Partial<TogetherTalk>): void => {
    const next = { ...talk, ...part };
    setTalk(next);
    saving.current = saving.current
      .then(() => save(next))
      .then(
        () => setSaveFailed(false),
        () => setSaveFailed(true),
      );
  };
  const toggle = (row: Row): void => {
    const there = talk.points.find((p) => p.about === row.question.id);
    announce(t(there ? 'points.remove' : 'together.on-card'));
    keep({
      points: there
        ? talk.points.filter((p) => p !== there)
        : [...talk.points, newPoint(uuidv7(), row.question.id)],
    });
  };
  const pause = (): void => void saving.current.then(onPause);
  const finish = (): void => {
    setBusy(true);
    void saving.current.then(() => onFinish(talk));
  };
  const list = (found: Row[]) =>
    found.map((row) => (
      <BesideRow
        key={row.question.id}
        row={row}
        sides={said}
        names={names}
        pictures={instrument.kind === 'visual' || row.question.picture !== null}
        chosen={talk.points.some((p) => p.about === row.question.id)}
        onToggle={() => toggle(row)}
      />
    ));
  const parts: { id: keyof typeof rows; title: Key }[] = [
    { id: 'same', title: 'together.same' },
    { id: 'partly', title: 'together.partly' },
    { id: 'words', title: 'together.words' },
  ];

  return (
    <LanguageContext.Provider value={language}>
      <div class="talk talk--together" lang={lang}>
        <header class="talk__top">
          <p class="path__here">{pick(instrument.title, lang)}</p>
          <div class="talk__tools">
            <ComfortButton />
            <button type="button" class="tool" data-testid="pause" onClick={pause}>
              <Icon name="pause" />
              <span class="tool__label">{t('pause')}</span>
            </button>
          </div>
        </header>
        {saveFailed && (
          <p class="notice notice--strong" role="alert">
            <Icon name="alert" /> {t('save.failed')}
          </p>
        )}
        {talk.step === 'look' ? (
          <>
            <main class="talk__main talk__main--list" data-testid="side-by-side">
              <div class="beside__head">
                <div class="stack">
                  <Heading step="look">{t('together.title')}</Heading>
                  <p class="lead">{t('together.lead')}</p>
                </div>
                <Tip text={t('together.talk-tip', { name })} />
              </div>
              <section aria-labelledby="beside-different" class="beside" data-testid="beside-different">
                <h2 id="beside-different" class="beside__title">
                  {t('together.different')} <span class="part__count">{rows.different.length}</span>
                </h2>
                {rows.different.length === 0 && <p class="empty">{t('together.different-none')}</p>}
                {list(rows.different)}
              </section>
              {parts
                .filter(({ id }) => rows[id].length > 0)
                .map(({ id, title }) => (
                  <section
                    key={id}
                    aria-labelledby={`beside-${id}`}
                    class="beside"
                    data-testid={`beside-${id}`}
                  >
                    <h2 id={`beside-${id}`} class="beside__title">
                      {t(title)}
                    </h2>
                    {list(rows[id])}
                  </section>
                ))}
              <ChooseSome
                legend={t('together.present')}
                name="present"
                choices={people.map((value) => ({ value, label: t(`present.${value}`, { name }) }))}
                values={talk.present}
                onChange={(present) => keep({ present: people.filter((p) => present.includes(p)) })}
              />
            </main>
            <footer class="talk__bar">
              <button
                type="button"
                class="button button--main"
                data-testid="together-points"
                onClick={() => keep({ step: 'points' })}
              >
                {t('together.to-points')} {talk.points.length > 0 && `(${talk.points.length})`}{' '}
                <Icon name="next" />
              </button>
            </footer>
          </>
        ) : (
          <Points
            talk={talk}
            instrument={instrument}
            said={said}
            names={names}
            busy={busy}
            onChange={(points: Point[]) => keep({ points })}
            onBack={() => keep({ step: 'look' })}
            onFinish={finish}
          />
        )}
      </div>
    </LanguageContext.Provider>
  );
}
