// What the next questions need is made ready while the client thinks. A drawn picture takes a slow tablet longer to
// read than the whole question takes to draw, and a letter shape is read at its first use: neither may wait for the tap.
import { render } from 'preact';
import { LanguageContext, translator } from '../i18n/i18n';
import { symbolUrl } from '../instrument/store';
import type { Instrument, Question } from '../instrument/types';
import { screensOf } from '../instrument/visible';
import { whenIdle } from '../shell/whenIdle';
import type { QuestionScreen } from './QuestionScreen';
import { step, type Action, type Draft } from './state';

/** A question that comes only with a certain answer stands between this one and the next: so not only the very next. */
const AHEAD = 3;
/** Enough for the questions around this one with all their answers; pictures held are memory. */
const HELD = 48;

const held = new Map<string, HTMLImageElement>();

/** The pictures of this question, of its wish, and of the questions after it, in the order in which they are needed. */
export function picturesAhead(instrument: Instrument, at: string): string[] {
  const questions = instrument.sections.flatMap((section) =>
    section.questions.flatMap((id) => {
      const question = instrument.questions.get(id);
      return question ? [{ question, section }] : [];
    }),
  );
  const here = questions.findIndex(({ question }) => question.id === at);
  const ids: string[] = [];
  let asked = 0;
  for (const { question, section } of questions.slice(Math.max(0, here))) {
    if (!question.wishOf && asked++ > AHEAD) break;
    ids.push(...picturesOf(question), ...(section.picture ? [section.picture] : []));
  }
  return [...new Set(ids)];
}

function picturesOf({ picture, options }: Question): string[] {
  return [picture, ...options.map((o) => o.picture)].filter((id) => id !== null);
}

/**
 * From when the conversation is prepared, so that the first question finds it done, and again at every question.
 * @param Screen what a question is drawn with: handed over, for a file that both import would be a file more to load.
 */
export function makeReady(instrument: Instrument, draft: Draft, Screen: typeof QuestionScreen): void {
  for (const id of picturesAhead(instrument, draft.at)) {
    const picture = held.get(id) ?? Object.assign(new Image(), { src: symbolUrl(id) });
    // Put at the end again: who is asked for last is let go last.
    held.delete(id);
    held.set(id, picture);
  }
  for (const id of held.keys()) {
    if (held.size <= HELD) break;
    held.delete(id);
  }
  for (const face of document.fonts) void face.load().catch(() => undefined);
  rehearse(draft, instrument, Screen);
}

/** As many taps as it takes a browser to translate what a tap runs; each in an idle moment of its own. */
const REHEARSED = 8;
let rehearsed = false;

/**
 * The first taps of a day take three times as long as later ones: the browser has not translated the code yet, nor matched a style, set
 * a line or drawn a picture of a question. So the first questions are asked and answered once where nobody sees it, from a copy of the
 * conversation. Nothing of it is heard: reading aloud and announcing come from around the app, and here is nothing around.
 */
function rehearse(draft: Draft, instrument: Instrument, Screen: typeof QuestionScreen): void {
  if (rehearsed || draft.phase !== 'questions' || draft.reflection || draft.listening) return;
  rehearsed = true;
  const { stage, strike } = behindTheCurtain();
  const language = { lang: draft.language, t: translator(draft.language) };
  const nothing = (): void => undefined;
  let now = draft;
  let left = REHEARSED;
  const show = (): void => {
    const screens = screensOf(instrument, now.answers);
    const screen = screens.find((s) => s.question.id === now.at);
    if (left-- > 0 && screen && now.phase === 'questions') {
      const props = { draft: now, instrument, screen, isFirst: screens[0] === screen };
      render(
        <LanguageContext.Provider value={language}>
          <Screen
            {...props}
            act={nothing}
            leave={nothing}
            undo={nothing}
            onStop={nothing}
            onPause={nothing}
            onStopped={nothing}
          />
        </LanguageContext.Provider>,
        stage,
      );
      now = step(
        now,
        nextOf(
          screen.wish && now.answers[screen.question.id] !== undefined ? screen.wish : screen.question,
          now,
        ),
        instrument,
      );
      requestAnimationFrame(() => whenIdle(show));
    } else {
      render(null, stage);
      strike();
    }
  };
  whenIdle(show);
}

/**
 * Where it is drawn: in the document, for styles, places and pictures cost as much at their first use as the code does, and in a tree of
 * its own, so that neither a radio button nor anybody's finger, key or screen reader finds it.
 */
function behindTheCurtain(): { stage: Element; strike: () => void } {
  const host = document.createElement('div');
  host.className = 'rehearsal';
  host.inert = true;
  host.ariaHidden = 'true';
  const tree = host.attachShadow({ mode: 'closed' });
  const stage = document.createElement('div');
  stage.className = 'talk';
  for (const sheet of document.querySelectorAll('link[rel=stylesheet]')) tree.append(sheet.cloneNode());
  tree.append(stage);
  document.body.append(host);
  return { stage, strike: () => host.remove() };
}

function nextOf({ id, options }: Question, { answers }: Draft): Action {
  const value = options[0]?.code;
  return value === undefined || answers[id] !== undefined
    ? { type: 'next' }
    : { type: 'answer', question: id, value };
}
