import { useEffect, useRef, useState } from 'preact/hooks';
import { useReader, type Piece } from '../conversation/useReader';
import { useLanguage } from '../i18n/i18n';
import type { Lang } from '../instrument/types';
import { Icon } from '../shell/Icon';
import { useAnnounce } from '../shell/announce';
import { VoiceNotice } from '../conversation/Readable';
import { saveCard } from './saveCard';

interface Props {
  lang: Lang;
  title: string;
  day: string;
  /** What is read aloud, piece by piece. */
  pieces: Piece[];
  /** Read aloud at once, after a conversation by ear. */
  aloud?: boolean;
}

/** To hear, to print, to keep: what one can do with a card. */
export function CardTools({ lang, title, day, pieces, aloud = false }: Props) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const reader = useReader(lang);
  const [trouble, setTrouble] = useState(false);
  const { speak } = reader;
  const first = useRef(pieces);
  useEffect(() => {
    if (aloud) speak(first.current);
  }, [aloud, speak]);
  const save = async (): Promise<void> => {
    const card = document.querySelector('[data-testid="card"]');
    if (!card) return;
    try {
      await saveCard(card, title, `kaart-${day.slice(0, 10)}.html`);
      setTrouble(false);
      announce(t('card.saved'));
    } catch {
      setTrouble(true);
    }
  };
  return (
    <div class="card__tools">
      <div class="row">
        <button
          type="button"
          class="button button--soft"
          data-testid="card-speak"
          onClick={() => (reader.speaking ? reader.stop() : reader.speak(pieces))}
        >
          <Icon name={reader.speaking ? 'silence' : 'speak'} /> {t(reader.speaking ? 'speak.stop' : 'speak')}
        </button>
        <button type="button" class="button" data-testid="card-print" onClick={() => print()}>
          <Icon name="print" /> {t('card.print')}
        </button>
        <button type="button" class="button" data-testid="card-save" onClick={() => void save()}>
          <Icon name="save" /> {t('card.save')}
        </button>
      </div>
      <VoiceNotice reader={reader} />
      {trouble && (
        <p class="notice notice--strong" role="alert">
          <Icon name="alert" /> {t('card.save-failed')}
        </p>
      )}
    </div>
  );
}
