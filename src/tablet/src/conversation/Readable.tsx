import { useEffect } from 'preact/hooks';
import { useLanguage } from '../i18n/i18n';
import { Icon } from '../shell/Icon';
import { useReader, type Piece, type Reader } from './useReader';

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
  const { noVoice, otherVoice } = reader;
  if (!noVoice && !otherVoice) return null;
  return (
    <p class="notice" role="status" data-testid={noVoice ? 'no-voice' : 'other-voice'}>
      <Icon name={noVoice ? 'silence' : 'speak'} /> {t(noVoice ? 'speak.no-voice' : 'speak.other-voice')}
    </p>
  );
}

/** Said aloud when it comes on the screen, for who does not see the screen. */
export function SayOnce({ text }: { text: string }) {
  const { lang } = useLanguage();
  const { speak } = useReader(lang);
  useEffect(() => speak([{ id: 'once', shown: text, said: text }]), [speak, text]);
  return null;
}
