// Points on notes, several to a question: written one by one, changed and taken away again.
import { useRef, useState } from 'preact/hooks';
import { useLanguage } from '../i18n/i18n';
import type { Question } from '../instrument/types';
import { Icon } from '../shell/Icon';
import { useAnnounce } from '../shell/announce';
import { MOST_LETTERS, answerOf, fits, notesOf } from './notes';

interface Props {
  question: Question;
  labelledBy: string;
  value: unknown;
  onAnswer: (answer: string) => void;
}

export function Notes({ question, labelledBy, value, onAnswer }: Props) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const notes = notesOf(value);
  const [text, setText] = useState('');
  const [changing, setChanging] = useState<number | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const full = text.trim() !== '' && !fits(notes, text);

  const add = (): void => {
    if (text.trim() === '' || full) return field.current?.focus();
    // A note that is changed keeps its place.
    const next = changing === null ? [...notes, text] : notes.map((n, i) => (i === changing ? text : n));
    onAnswer(answerOf(next));
    announce(t('note.added'));
    setText('');
    setChanging(null);
    field.current?.focus();
  };
  const remove = (index: number): void => {
    onAnswer(answerOf(notes.filter((_, i) => i !== index)));
    setChanging(null);
    announce(t('note.removed'));
  };
  return (
    <div class="notes" role="group" aria-labelledby={labelledBy}>
      {notes.length > 0 && (
        <ul class="notes__list">
          {notes.map((note, i) => (
            <li key={`${i} ${note}`} class={`note ${changing === i ? 'note--open' : ''}`} data-testid="note">
              <span class="note__text">{note}</span>
              <span class="note__tools">
                <button
                  type="button"
                  class="note__tool"
                  aria-label={t('note.change', { note })}
                  data-testid="note-change"
                  onClick={() => {
                    setText(note);
                    setChanging(i);
                    field.current?.focus();
                  }}
                >
                  <Icon name="pencil" />
                </button>
                <button
                  type="button"
                  class="note__tool"
                  aria-label={t('note.remove', { note })}
                  data-testid="note-remove"
                  onClick={() => remove(i)}
                >
                  <Icon name="close" />
                </button>
              </span>
            </li>
          ))}
        </ul>
      )}
      <div class="notes__add field">
        <textarea
          ref={field}
          rows={2}
          maxLength={MOST_LETTERS}
          aria-labelledby={labelledBy}
          placeholder={t('note.placeholder')}
          value={text}
          data-testid={`note-${question.id}`}
          onInput={(e) => setText(e.currentTarget.value)}
          onKeyDown={(e) => {
            if (e.key !== 'Enter' || e.shiftKey || e.isComposing) return;
            e.preventDefault();
            add();
          }}
        />
        <button
          type="button"
          class="button button--soft"
          data-testid={`note-add-${question.id}`}
          onClick={add}
        >
          <Icon name={changing === null ? 'plus' : 'check'} />{' '}
          {t(changing === null ? 'note.add' : 'note.keep')}
        </button>
      </div>
      <p class="fault" role="alert">
        {full && t('note.full')}
      </p>
    </div>
  );
}
