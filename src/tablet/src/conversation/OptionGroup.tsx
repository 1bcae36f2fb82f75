import { useId } from 'preact/hooks';
import { pick, useLanguage } from '../i18n/i18n';
import type { Option } from '../instrument/types';
import { Icon } from '../shell/Icon';
import { Symbol } from '../shell/Symbol';
import type { AnswerProps } from './Answer';
import { Readable } from './Readable';

export type Look = 'words' | 'faces' | 'levels' | 'row' | 'wish';

interface Props extends AnswerProps {
  look: Look;
  /** The second step of a choice shows only some of the options. */
  options?: Option[];
}

/** Native radio buttons and check boxes underneath: arrows choose, and only the button "next" goes on. */
export function OptionGroup({
  question,
  value,
  labelledBy,
  pictures,
  reader,
  isWish,
  onAnswer,
  look,
  options,
}: Props) {
  const { lang } = useLanguage();
  const name = useId();
  const many = question.present === 'multiple';
  const chosen = Array.isArray(value) ? value : [];
  const toggle = (code: string): void =>
    onAnswer(chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code]);
  const shown = options ?? question.options;
  return (
    <div
      class={`options options--${look} options--${shown.length}`}
      role={many ? 'group' : 'radiogroup'}
      aria-labelledby={labelledBy}
    >
      {shown.map((o) => {
        const text = pick(o.text, lang);
        const checked = many ? chosen.includes(o.code) : value === o.code;
        return (
          <label
            key={o.code}
            class={`option ${checked ? 'option--chosen' : ''}`}
            data-testid={isWish ? `wish-${o.code}` : `option-${o.code}`}
          >
            <input
              type={many ? 'checkbox' : 'radio'}
              name={name}
              checked={checked}
              onChange={() => (many ? toggle(o.code) : onAnswer(o.code))}
            />
            {(pictures || look === 'faces') && <Symbol id={o.picture} size={look === 'faces' ? 'l' : 'm'} />}
            <span class="option__text">
              {reader ? <Readable reader={reader} piece={`option-${o.code}`} text={text} /> : text}
            </span>
            <span class="option__mark">
              <Icon name="check" />
            </span>
          </label>
        );
      })}
    </div>
  );
}
