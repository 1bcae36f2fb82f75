import { useLanguage } from '../i18n/i18n';
import { Icon } from '../shell/Icon';
import type { Piece, Reader } from './useReader';

/** A text of which the word that is being read aloud is marked. */
export function Readable({ reader, piece, text }: { reader: Reader; piece: string; text: string }) {
  const { at } = reader;
  if (at?.piece !== piece) return <>{text}</>;
  return (
    <>
      {text.slice(0, at.from)}
      <mark class="spoken">{text.slice(at.from, at.to)}</mark>
      {text.slice(at.to)}
    </>
  );
}

export function SpeakButton({ reader, pieces }: { reader: Reader; pieces: Piece[] }) {
  const { t } = useLanguage();
  return (
    <div class="speak">
      <button
        type="button"
        class="button button--soft"
        data-testid="speak"
        onClick={() => (reader.speaking ? reader.stop() : reader.speak(pieces))}
      >
        <Icon name={reader.speaking ? 'silence' : 'speak'} /> {reader.speaking ? t('speak.stop') : t('speak')}
      </button>
      <VoiceNotice reader={reader} />
    </div>
  );
}

/** Says so where the device has no voice, or only one of another language. */
export function VoiceNotice({ reader }: { reader: Reader }) {
  const { t } = useLanguage();
  if (!reader.noVoice) return null;
  return (
    <p class="notice" role="status" data-testid="no-voice">
      <Icon name="silence" /> {t('speak.no-voice')}
    </p>
  );
}
