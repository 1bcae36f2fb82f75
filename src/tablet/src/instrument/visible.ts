// Which questions are shown, given the answers so far. Conditions are JSON Schemas; the validator
// interprets them (no code is made from text, so the strict content security policy holds).
import { Validator, type Schema } from '@cfworker/json-schema';
import type { Answers, Instrument, JsonSchema, Question, Section } from './types';

const validators = new WeakMap<JsonSchema, Validator>();

function holds(condition: JsonSchema, answers: Answers): boolean {
  let validator = validators.get(condition);
  if (!validator) {
    validator = new Validator(condition as Schema, '2020-12', true);
    validators.set(condition, validator);
  }
  return validator.validate(answers).valid;
}

/**
 * The questions that are shown, in order. A condition sees only answers to questions that are themselves
 * shown and stand earlier: the answer to a hidden question cannot open another.
 */
export function visibleQuestions(instrument: Instrument, answers: Answers): Question[] {
  const shown: Question[] = [];
  const soFar: Answers = {};
  for (const section of instrument.sections) {
    for (const id of section.questions) {
      const question = instrument.questions.get(id);
      if (!question) continue;
      if (question.visibleWhen && !holds(question.visibleWhen, soFar)) continue;
      // A wish is asked only next to an answer: "do you want it to change" needs an "it".
      if (question.wishOf && soFar[question.wishOf] === undefined) continue;
      shown.push(question);
      const answer = answers[id];
      if (answer !== undefined) soFar[id] = answer;
    }
  }
  return shown;
}

export interface Screen {
  section: Section;
  question: Question;
  /** The wish question shown on the same screen once the question has an answer. */
  wish: Question | null;
  /** A wish belongs to the question, whether it is shown yet or not. */
  hasWish: boolean;
}

const wishes = new WeakMap<Instrument, Set<string>>();

/** The questions that have a wish. Looked for once: at every tap, a long list would be gone through for each question. */
function withWish(instrument: Instrument): Set<string> {
  let hosts = wishes.get(instrument);
  if (!hosts) {
    hosts = new Set([...instrument.questions.values()].flatMap((q) => q.wishOf ?? []));
    wishes.set(instrument, hosts);
  }
  return hosts;
}

let newest: { instrument: Instrument; answers: Answers; screens: Screen[] } | null = null;

/**
 * One question per screen; a wish stands on the screen of the question it belongs to. Asked for several times with the
 * same answers at every tap, so the last is remembered: answers are replaced, never changed.
 */
export function screensOf(instrument: Instrument, answers: Answers): Screen[] {
  if (newest?.instrument !== instrument || newest.answers !== answers)
    newest = { instrument, answers, screens: makeScreens(instrument, answers) };
  return newest.screens;
}

function makeScreens(instrument: Instrument, answers: Answers): Screen[] {
  const shown = new Map(visibleQuestions(instrument, answers).map((q) => [q.id, q]));
  const screens = new Map<string, Screen>();
  const hosts = withWish(instrument);
  for (const section of instrument.sections) {
    for (const id of section.questions) {
      const question = shown.get(id);
      if (!question) continue;
      if (question.wishOf) {
        const host = screens.get(question.wishOf);
        if (host) host.wish = question;
        continue;
      }
      screens.set(id, { section, question, wish: null, hasWish: hosts.has(id) });
    }
  }
  return [...screens.values()];
}
