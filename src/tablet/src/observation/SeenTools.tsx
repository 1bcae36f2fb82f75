import { useLanguage } from '../i18n/i18n';
import { Icon } from '../shell/Icon';
import { atTime } from './atTime';

interface Props {
  words: string;
  notes: string;
  /** The situation that was named for this observation, in words; empty where none was. */
  situation: string;
  onWords: (words: string) => void;
}

/** Under "what did you see": the time with the situation, and what was jotted down while watching. */
export function SeenTools({ words, notes, situation, onWords }: Props) {
  const { t, lang } = useLanguage();
  return (
    <div class="seen">
      <button
        type="button"
        class="button button--small"
        data-testid="seen-time"
        onClick={() =>
          onWords(atTime(words, situation === '' ? '' : `(${situation.toLowerCase()}) `, lang, Date.now()))
        }
      >
        <Icon name="timer" /> {t('watch.when')}
      </button>
      {notes.trim() !== '' && (
        <details class="seen__notes" data-testid="seen-notes">
          <summary>
            <Icon name="note" /> {t('watch.notes')}
          </summary>
          <ul>
            {notes
              .split('\n')
              .filter((line) => line.trim() !== '')
              .map((line) => (
                <li key={line}>
                  <span>{line}</span>
                  <button
                    type="button"
                    class="button button--small"
                    data-testid="seen-take"
                    aria-label={t('watch.take-this', { note: line })}
                    onClick={() => onWords([words.trimEnd(), line].filter((part) => part !== '').join('\n'))}
                  >
                    {t('watch.take')}
                  </button>
                </li>
              ))}
          </ul>
        </details>
      )}
    </div>
  );
}
