// The two ways in which a group is asked: a canvas with all columns in view for a team, and a table with one large
// question, which can be turned to who sits across, for a location.
import { useState } from 'preact/hooks';
import { Answer } from '../conversation/Answer';
import { OwnWords } from '../conversation/OwnWords';
import type { QuestionProps } from '../conversation/QuestionScreen';
import { Readable, SpeakButton } from '../conversation/Readable';
import { TalkBar } from '../conversation/TalkBar';
import { Timer } from '../conversation/Timer';
import { Tip } from '../conversation/Tip';
import type { Action } from '../conversation/state';
import { useReader, type Piece } from '../conversation/useReader';
import { pick, useLanguage } from '../i18n/i18n';
import { screensOf, type Screen } from '../instrument/visible';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { Symbol } from '../shell/Symbol';
import { LastTime } from './LastTime';
import { Notes } from './Notes';
import './reflection.css';

/** One turn around the table: long enough to tell something, short enough for everyone to be heard. */
const TURN_SECONDS = 120;

export function ReflectionScreen(props: QuestionProps) {
  const { draft, instrument, screen } = props;
  const { reflection } = draft;
  if (reflection && !reflection.opened && reflection.last.length > 0) return <LastTime {...props} />;
  const columns = screensOf(instrument, draft.answers).filter((s) => s.section.id === screen.section.id);
  const canvas =
    instrument.subject === 'team' &&
    columns.length > 1 &&
    columns.every((s) => s.question.present === 'text' && s.question.role === null);
  return canvas ? <Canvas {...props} columns={columns} /> : <Table {...props} key={screen.question.id} />;
}

function Canvas({ draft, instrument, columns, act, leave, onStop }: QuestionProps & { columns: Screen[] }) {
  const { t, lang } = useLanguage();
  const section = columns[0]?.section;
  const screens = screensOf(instrument, draft.answers);
  const first = screens.findIndex((s) => s.section.id === section?.id);
  const at = screens.findIndex((s) => s.question.id === draft.at);
  // Going on leaves each column in turn, so that one without a point counts as passed over.
  const on = columns.slice(at - first).map((): Action => ({ type: 'next' }));
  const before = columns.slice(0, at - first + 1).map((): Action => ({ type: 'back' }));
  return (
    <>
      <main
        class="talk__main talk__main--wide talk__main--canvas"
        data-testid={`canvas-${section?.id ?? ''}`}
      >
        <Heading step={section?.id ?? 'canvas'}>{section ? pick(section.title, lang) : ''}</Heading>
        <div class={`canvas canvas--${columns.length}`}>
          {columns.map(({ question }, i) => (
            <section
              key={question.id}
              class={`canvas__column canvas__column--${i % 3}`}
              data-testid={`question-${question.id}`}
            >
              <h2 id={`column-${question.id}`} class="canvas__title">
                <Symbol id={question.picture} size="m" /> {pick(question.text, lang)}
              </h2>
              {question.tip && <Tip text={pick(question.tip, lang)} />}
              <Notes
                question={question}
                labelledBy={`column-${question.id}`}
                value={draft.answers[question.id]}
                onAnswer={(value) => act({ type: 'answer', question: question.id, value })}
              />
            </section>
          ))}
        </div>
      </main>
      <TalkBar
        isFirst={first === 0}
        byClient={false}
        onBack={() => leave(...before)}
        onStop={onStop}
        onPass={() => leave(...on)}
        onNext={() => leave(...on)}
      />
      <span class="hidden-text">{t('canvas.hint')}</span>
    </>
  );
}

function Table({ draft, screen, isFirst, act, leave, onStop }: QuestionProps) {
  const { t, lang } = useLanguage();
  const reader = useReader(draft.language);
  const [turned, setTurned] = useState(false);
  const { question } = screen;
  const text = pick(question.text, lang);
  const help = question.help ? pick(question.help, lang) : null;
  const pieces: Piece[] = [text, ...(help ? [help] : [])].map((shown, i) => ({
    id: i === 0 ? 'question' : 'help',
    shown,
    said: shown,
  }));
  return (
    <>
      <main class="talk__main talk__main--wide talk__main--table" data-testid={`question-${question.id}`}>
        <div class={`tabletop ${turned ? 'tabletop--turned' : ''}`}>
          <Symbol id={question.picture} size="l" />
          <Heading step={question.id} id="question">
            <Readable reader={reader} piece="question" text={text} />
          </Heading>
          {help && (
            <p class="ask__help">
              <Readable reader={reader} piece="help" text={help} />
            </p>
          )}
        </div>
        <div class="tabletop__tools">
          <button
            type="button"
            class="button button--soft"
            aria-pressed={turned}
            data-testid="turn"
            onClick={() => setTurned(!turned)}
          >
            <Icon name="turn" /> {t('table.turn')}
          </button>
          <Timer limit={TURN_SECONDS} label={t('table.round')} over={t('table.over')} />
          <SpeakButton reader={reader} pieces={pieces} />
          {question.tip && <Tip text={pick(question.tip, lang)} />}
        </div>
        {question.present === 'text' ? (
          <Notes
            question={question}
            labelledBy="question"
            value={draft.answers[question.id]}
            onAnswer={(value) => act({ type: 'answer', question: question.id, value })}
          />
        ) : (
          <div class="replies">
            <Answer
              question={question}
              value={draft.answers[question.id]}
              labelledBy="question"
              pictures={question.options.some((o) => o.picture !== null)}
              onAnswer={(value) => act({ type: 'answer', question: question.id, value })}
              onClear={() => act({ type: 'clear', question: question.id })}
            />
            <OwnWords
              observing={false}
              name={draft.client.shortName}
              perspective="team"
              text={draft.words[question.id] ?? ''}
              onWords={(words) => act({ type: 'words', question: question.id, text: words })}
            />
          </div>
        )}
      </main>
      <TalkBar
        isFirst={isFirst}
        byClient={false}
        onBack={() => leave({ type: 'back' })}
        onStop={onStop}
        onPass={() => leave({ type: 'pass', question: question.id })}
        onNext={() => leave({ type: 'next' })}
      />
    </>
  );
}
