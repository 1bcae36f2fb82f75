// What a client sees of answering without a name: the choice before the first question, what leaves and what does not, and the end.
import { useEffect } from 'preact/hooks';
import { Readable, SayOnce, SpeakButton } from '../conversation/Readable';
import { useReader } from '../conversation/useReader';
import { useLanguage } from '../i18n/i18n';
import type { Perspective } from '../instrument/types';
import { ListenPad } from '../listening/ListenPad';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Logo } from '../shell/Logo';
import type { Vault } from '../vault/vault';
import type { Unnamed } from './lane';
import { say, type AnonymousText } from './texts';
import './anonymous.css';

/** With a name or without: neither is the first choice, and neither is chosen beforehand. */
export function NameOrNot(props: {
  name: string;
  perspective: Perspective;
  /** By ear: both are said, and what was chosen is asked once more. */
  listening: boolean;
  onChoose: (anonymous: boolean) => void;
  onBack: () => void;
}) {
  const { lang } = useLanguage();
  const reader = useReader(lang);
  const t = say(lang);
  const other = props.perspective === 'client' ? '' : '-other';
  const text = (key: string): string => t(`${key}${other}` as AnonymousText, { name: props.name });
  const lines = [
    text('title'),
    t('with-title'),
    text('with-text'),
    t('without-title'),
    text('without-text'),
    text('here'),
  ];
  const back = (
    <button type="button" class="button button--plain" data-testid="name-back" onClick={props.onBack}>
      <Icon name="back" /> {t('back')}
    </button>
  );
  if (props.listening)
    return (
      <section class="page" data-testid="listen-name">
        {back}
        <ListenPad
          step="name-or-not"
          title={text('title')}
          intro={lines}
          items={[
            { id: 'with', text: t('with-title') },
            { id: 'without', text: t('without-title') },
          ]}
          onTake={(id) => props.onChoose(id === 'without')}
        />
      </section>
    );
  return (
    <section class="page unnamed" data-testid="name-or-not">
      {back}
      <Heading step="name-or-not">
        <Readable reader={reader} piece="name-0" text={lines[0] ?? ''} />
      </Heading>
      <SpeakButton
        reader={reader}
        pieces={lines.map((words, i) => ({ id: `name-${i}`, shown: words, said: words }))}
      />
      <div class="unnamed__choices">
        {([false, true] as const).map((anonymous) => {
          const way = anonymous ? 'without' : 'with';
          return (
            <button
              key={way}
              type="button"
              class="unnamed__choice"
              data-testid={anonymous ? 'without-name' : 'with-name'}
              onClick={() => props.onChoose(anonymous)}
            >
              <strong>{t(`${way}-title`)}</strong>
              <span>{text(`${way}-text`)}</span>
            </button>
          );
        })}
      </div>
      <p class="unnamed__here">{text('here')}</p>
    </section>
  );
}

const leaves = ['send-chosen', 'send-words', 'send-later', 'send-final'] as const;

interface Sending {
  listening: boolean;
  onSend: () => void;
  onBack: () => void;
}

/** The last moment at which anything can be changed. */
export function SendOrNot({ listening, onSend, onBack }: Sending) {
  const { lang } = useLanguage();
  const reader = useReader(lang);
  const t = say(lang);
  if (listening)
    return (
      <main class="talk__main talk__main--wide" data-testid="listen-send">
        <ListenPad
          step="unnamed-send"
          title={t('send-title')}
          intro={[...leaves.map((key) => t(key)), t('send-title')]}
          items={[
            { id: 'send', text: t('send') },
            { id: 'change', text: t('send-back'), atOnce: true },
          ]}
          onTake={(id) => (id === 'send' ? onSend() : onBack())}
        />
      </main>
    );
  const pieces = ['send-title' as const, ...leaves].map((key) => ({ id: key, shown: t(key), said: t(key) }));
  return (
    <>
      <main class="talk__main unnamed unnamed--send">
        <Heading step="unnamed-send">
          <Readable reader={reader} piece="send-title" text={t('send-title')} />
        </Heading>
        <ul class="unnamed__lines">
          {leaves.map((key) => (
            <li key={key}>
              <span>
                <Readable reader={reader} piece={key} text={t(key)} />
              </span>
            </li>
          ))}
        </ul>
        <SpeakButton reader={reader} pieces={pieces} />
      </main>
      <footer class="talk__bar">
        <button type="button" class="button" data-testid="unnamed-change" onClick={onBack}>
          <Icon name="back" /> {t('send-back')}
        </button>
        <button type="button" class="button button--main" data-testid="unnamed-send" onClick={onSend}>
          <Icon name="check" /> {t('send')}
        </button>
      </footer>
    </>
  );
}

interface Ended {
  stopped: boolean;
  /** Said too: the conversation was by ear. */
  aloud: boolean;
  onDone: () => void;
}

export function UnnamedEnd({ stopped, aloud, onDone }: Ended) {
  const { lang } = useLanguage();
  const t = say(lang);
  const way = stopped ? 'stopped' : 'kept';
  return (
    <div class="end">
      <header class="end__bar unnamed__bar">
        <button type="button" class="button button--main" data-testid="done" onClick={onDone}>
          {t('done')} <Icon name="next" />
        </button>
      </header>
      <main class="end__main" data-testid="end" data-outcome={stopped ? 'stopped' : 'anonymous'}>
        {aloud && <SayOnce text={`${t(`${way}-title`)}. ${t(`${way}-text`)}`} />}
        <section class="thanks">
          <Logo />
          <Heading step="end">{t(`${way}-title`)}</Heading>
          <p class="lead">{t(`${way}-text`)}</p>
        </section>
      </main>
    </div>
  );
}

/** What waits without a name, beside what waits with one. */
export function UnnamedWaiting(props: { vault: Vault; waiting: Unnamed[]; round: () => Promise<void> }) {
  const { lang } = useLanguage();
  const t = say(lang);
  const { vault, round } = props;
  useEffect(() => void round(), [round]);
  const again = (record: Unnamed): void =>
    void vault.put('anonymous', record.id, { ...record, refused: undefined }).then(round);
  const drop = (record: Unnamed): void => void vault.remove('anonymous', record.id).then(round);
  const fine = props.waiting.filter((record) => record.refused === undefined).length;
  return (
    <section class="page page--narrow unnamed-waiting" data-testid="unnamed-waiting">
      <h2>{t('wait-title')}</h2>
      {fine > 0 && <p class="lead">{fine === 1 ? t('wait-one') : t('wait-many', { n: fine })}</p>}
      {props.waiting
        .filter((record) => record.refused !== undefined)
        .map((record) => (
          <div key={record.id} class="notice" data-testid="unnamed-refused">
            <p>{t(record.refused === 'anonymous-given' ? 'refused-given' : 'refused-other')}</p>
            <div class="row">
              <button type="button" class="button" onClick={() => again(record)}>
                {t('again')}
              </button>
              <button type="button" class="button" data-testid="unnamed-drop" onClick={() => drop(record)}>
                {t('drop')}
              </button>
            </div>
          </div>
        ))}
    </section>
  );
}
