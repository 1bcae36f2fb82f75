// One conversation from the first question to the last agreement.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { Agreements } from '../agreements/Agreements';
import { SendOrNot } from '../anonymous/later';
import { useComfort } from '../comfort/comfort';
import { LanguageContext, useTexts } from '../i18n/i18n';
import type { Instrument } from '../instrument/types';
import { screensOf } from '../instrument/visible';
import { ListenBack } from '../listening/ListenBack';
import { ListenScreen } from '../listening/ListenScreen';
import { ReadBack } from '../readback/ReadBack';
import { answeredApart } from '../together/sets';
import { ObservationTools } from '../observation/ObservationTools';
import { ReflectionScreen } from '../reflection/ReflectionScreen';
import { suggestionsOf } from '../reflection/suggestions';
import { Icon } from '../shell/Icon';
import { useSteady } from '../shell/useSteady';
import { whenIdle } from '../shell/whenIdle';
import type { Lock } from '../work/useLock';
import { Path } from './Path';
import { QuestionScreen } from './QuestionScreen';
import { SayOnce } from './Readable';
import { readyAhead } from './readyAhead';
import { StopDialog } from './StopDialog';
import { TalkTools } from './TalkTools';
import type { Action, Draft } from './state';
import { useConversation } from './useConversation';
import { useSeconds } from './useSeconds';
import './conversation.css';
import './path.css';
import './question.css';
import './answers.css';

interface Props {
  draft: Draft;
  instrument: Instrument;
  save: (draft: Draft) => Promise<void>;
  /** Locked to the question; without it there is nothing to wander off to. */
  lock?: Lock;
  onPause: () => void;
  /** Resolves to whether the conversation was kept for sending. */
  onEnd: (draft: Draft) => Promise<boolean>;
}

export function Talk({ draft: start, instrument, save, lock, onPause, onEnd }: Props) {
  const typed = useCallback((id: string) => instrument.questions.get(id)?.present === 'text', [instrument]);
  const conversation = useConversation(start, instrument, save, typed);
  const { draft, act, undo, canUndo, flush, saveFailed, latest } = conversation;
  const [stopping, setStopping] = useState(false);
  const [endFailed, setEndFailed] = useState(false);
  const { comfort } = useComfort();
  const appLanguage = useRef(comfort.lang);
  useEffect(() => {
    // Another language chosen while talking is meant for the talk too, if the instrument speaks it.
    if (comfort.lang === appLanguage.current) return;
    appLanguage.current = comfort.lang;
    if (instrument.languages.includes(comfort.lang)) act({ type: 'language', lang: comfort.lang });
  }, [comfort.lang, instrument, act]);
  const spent = useSeconds(draft.at);
  const language = useTexts(draft.language);
  const { t } = language;

  const time = (): Action[] =>
    draft.phase === 'questions' ? [{ type: 'time', question: draft.at, seconds: spent() }] : [];
  const leave = (...actions: Action[]): void => act(...time(), ...actions);
  const pause = useSteady(async (): Promise<void> => {
    leave();
    setStopping(false);
    if (await flush()) onPause();
  });
  const end = async (): Promise<void> => {
    await flush();
    setEndFailed(!(await onEnd(latest())));
  };
  // Who answers apart from another agrees on something later, when both are side by side.
  const apart = answeredApart(instrument);
  const phase = apart && draft.phase === 'agreements' ? 'readback' : draft.phase;
  const actReadBack = (...actions: Action[]): void => {
    act(...actions);
    if (apart && actions.some((a) => a.type === 'confirm')) void end();
  };
  const Ask = draft.reflection ? ReflectionScreen : draft.listening ? ListenScreen : QuestionScreen;
  const stopped = (readBack: boolean): void => {
    setStopping(false);
    leave({ type: 'stop', readBack });
    if (!readBack) void end();
  };
  const screens = screensOf(instrument, draft.answers);
  const screen = screens.find((s) => s.question.id === draft.at) ?? screens[0];
  const section = screen?.section.id ?? '';
  // Drawn again only when they change: they have many parts, and most taps leave them as they are.
  const locked = lock ? lock.locked : null;
  const toggleLock = useSteady(() => (locked ? lock?.leave(() => undefined) : lock?.lock()));
  const tools = useMemo(
    () => <TalkTools {...{ canUndo, locked }} onUndo={undo} onLock={toggleLock} onPause={pause} />,
    [canUndo, undo, locked, toggleLock, pause],
  );
  const anonymous = draft.anonymous ?? false;
  const path = useMemo(
    () => <Path {...{ instrument, phase, section, anonymous }} />,
    [instrument, phase, section, anonymous],
  );
  useEffect(() => readyAhead(instrument, latest), [instrument, draft.at, latest]);
  useEffect(
    // The screen after the last question too: it is not there yet, and the network may be gone by then.
    () => whenIdle(() => void import('../agreements/EndScreen').catch(() => undefined)),
    [],
  );

  return (
    <LanguageContext.Provider value={language}>
      <div class={`talk talk--${phase} talk--${instrument.kind}`} lang={draft.language}>
        <header class="talk__top">
          {path}
          <div class="talk__tools">
            {phase === 'questions' && draft.perspective === 'observer' && (
              <ObservationTools draft={draft} act={act} />
            )}
            {tools}
          </div>
        </header>
        {(saveFailed || endFailed) && (
          <p class="notice notice--strong" role="alert" data-testid="save-failed">
            <Icon name="alert" /> {t('save.failed')}
          </p>
        )}
        {phase === 'questions' && screen && (
          <Ask
            draft={draft}
            instrument={instrument}
            screen={screen}
            isFirst={screens[0]?.question.id === draft.at}
            act={act}
            leave={leave}
            undo={undo}
            onStop={() => setStopping(true)}
            onPause={pause}
            onStopped={stopped}
          />
        )}
        {phase === 'readback' && draft.listening && (
          <ListenBack draft={draft} instrument={instrument} act={actReadBack} />
        )}
        {phase === 'readback' && !draft.listening && (
          <ReadBack
            draft={draft}
            instrument={instrument}
            act={actReadBack}
            onStop={() => setStopping(true)}
          />
        )}
        {phase === 'agreements' && draft.listening && !draft.anonymous && (
          <SayOnce text={t('listen.agreements')} />
        )}
        {phase === 'agreements' && draft.anonymous && (
          <SendOrNot
            listening={draft.listening ?? false}
            onSend={() => void end()}
            onBack={() => act({ type: 'reopen' })}
          />
        )}
        {phase === 'agreements' && !draft.anonymous && (
          <Agreements
            draft={draft}
            act={act}
            suggestions={suggestionsOf(draft, instrument)}
            onFinish={() => void end()}
          />
        )}
        {stopping && (
          <StopDialog
            onClose={() => setStopping(false)}
            onPause={() => {
              setStopping(false);
              pause();
            }}
            onStop={stopped}
          />
        )}
      </div>
    </LanguageContext.Provider>
  );
}
