// How a reflection opens: the points of the last time, and what came of each.
import type { Action, Came, Draft } from '../conversation/state';
import { longDate, useLanguage } from '../i18n/i18n';
import { ChooseOne } from '../shell/Choices';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';

interface Props {
  draft: Draft;
  act: (...actions: Action[]) => void;
}

const came: Came[] = ['done', 'partly', 'not'];

export function LastTime({ draft, act }: Props) {
  const { t, lang } = useLanguage();
  const reflection = draft.reflection;
  if (!reflection) return null;
  const say = (id: string, part: Partial<{ came: Came; words: string }>): void => {
    const before = reflection.cameOf[id] ?? { came: 'partly', words: '' };
    act({ type: 'reflect', part: { cameOf: { ...reflection.cameOf, [id]: { ...before, ...part } } } });
  };
  return (
    <>
      <main class="talk__main talk__main--list" data-testid="last-time">
        <Heading step="last-time">{t('last.title')}</Heading>
        <p class="lead">
          {reflection.lastOn ? t('last.lead', { day: longDate(reflection.lastOn, lang) }) : ''}
        </p>
        {reflection.last.map((point) => {
          const given = reflection.cameOf[point.id];
          return (
            <section key={point.id} class="agree" data-testid="last-point">
              <h2 class="back__title">{point.what}</h2>
              <p class="quiet">
                {point.name ?? t(`place-who.${point.who}`)}
                {point.on && ` · ${longDate(point.on, lang)}`}
              </p>
              <ChooseOne
                legend={t('last.came')}
                name="came"
                value={given?.came ?? null}
                choices={came.map((value) => ({ value, label: t(`last.${value}`) }))}
                onChange={(value) => say(point.id, { came: value })}
              />
              {given && (
                <label class="field">
                  <span>{t('last.words')}</span>
                  <textarea
                    rows={2}
                    maxLength={1000}
                    value={given.words}
                    data-testid="came-words"
                    onInput={(e) => say(point.id, { words: e.currentTarget.value })}
                  />
                </label>
              )}
            </section>
          );
        })}
      </main>
      <footer class="talk__bar">
        <button
          type="button"
          class="button button--main"
          data-testid="last-next"
          onClick={() => act({ type: 'reflect', part: { opened: true } })}
        >
          {t('next')} <Icon name="next" />
        </button>
      </footer>
    </>
  );
}
