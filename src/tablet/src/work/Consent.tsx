import { useState } from 'preact/hooks';
import { Readable, SpeakButton } from '../conversation/Readable';
import { useReader } from '../conversation/useReader';
import { useLanguage, type Key } from '../i18n/i18n';
import type { Perspective } from '../instrument/types';
import { ListenPad } from '../listening/ListenPad';
import { Dialog } from '../shell/Dialog';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';

interface Props {
  name: string;
  perspective: Perspective;
  listening: boolean;
  onAgree: () => void;
  onRefuse: () => void;
  onBack: () => void;
}

const texts: Record<'client' | 'observer' | 'other', { title: Key; lines: Key[]; agree: Key; refuse: Key }> =
  {
    client: {
      title: 'consent.title',
      lines: ['consent.about', 'consent.choose', 'consent.skip', 'consent.stop'],
      agree: 'consent.agree',
      refuse: 'consent.refuse',
    },
    observer: {
      title: 'consent.observer-title',
      lines: ['consent.observer-look', 'consent.observer-stop'],
      agree: 'consent.observer-agree',
      refuse: 'consent.observer-refuse',
    },
    other: {
      title: 'consent.other-title',
      lines: ['consent.other-about', 'consent.other-beside', 'consent.skip', 'consent.stop'],
      agree: 'consent.agree',
      refuse: 'consent.refuse',
    },
  };

export function Consent({ name, perspective, listening, onAgree, onRefuse, onBack }: Props) {
  const { t, lang } = useLanguage();
  const [asking, setAsking] = useState(false);
  const group = perspective === 'client' || perspective === 'observer' ? perspective : 'other';
  const text = texts[group];
  const title = t(text.title, { name });
  const lines = text.lines.map((key) => t(key, { name }));
  const reader = useReader(lang);
  const pieces = [...lines, title].map((words, i) => ({ id: `consent-${i}`, shown: words, said: words }));
  if (listening)
    return (
      <section class="page" data-testid="listen-consent">
        <button type="button" class="button button--plain" data-testid="consent-back" onClick={onBack}>
          <Icon name="back" /> {t('back')}
        </button>
        <ListenPad
          step="consent"
          title={title}
          intro={[...lines, title]}
          items={[
            { id: 'agree', text: t(text.agree, { name }) },
            { id: 'refuse', text: t(text.refuse, { name }) },
          ]}
          onTake={(id) => (id === 'agree' ? onAgree() : onRefuse())}
        />
      </section>
    );
  return (
    <section class="page consent">
      <button type="button" class="button button--plain" data-testid="consent-back" onClick={onBack}>
        <Icon name="back" /> {t('back')}
      </button>
      <div class="consent__text">
        <Heading step="consent">
          <Readable reader={reader} piece={`consent-${lines.length}`} text={title} />
        </Heading>
        <ul class="consent__lines">
          {lines.map((line, i) => (
            <li key={line}>
              <span>
                <Readable reader={reader} piece={`consent-${i}`} text={line} />
              </span>
            </li>
          ))}
        </ul>
        <SpeakButton reader={reader} pieces={pieces} />
      </div>
      <div class="consent__answers">
        <button type="button" class="answer answer--yes" data-testid="agree" onClick={onAgree}>
          <Icon name="check" /> {t(text.agree, { name })}
        </button>
        <button type="button" class="answer answer--no" data-testid="refuse" onClick={() => setAsking(true)}>
          <Icon name="close" /> {t(text.refuse, { name })}
        </button>
      </div>
      {asking && (
        <Dialog title={t('refuse.title')} onClose={() => setAsking(false)}>
          <p class="lead">{t('refuse.text', { name })}</p>
          <div class="stack">
            <button type="button" class="button button--main" data-testid="refuse-confirm" onClick={onRefuse}>
              {t('refuse.confirm')}
            </button>
            <button type="button" class="button" data-testid="refuse-cancel" onClick={() => setAsking(false)}>
              {t('refuse.cancel')}
            </button>
          </div>
        </Dialog>
      )}
    </section>
  );
}
