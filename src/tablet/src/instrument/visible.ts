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

/** One question per screen; a wish stands on the screen of the question it belongs to. */
export function screensOf(instrument: Instrument, answers: Answers): Screen[] {
  const shown = new Map(visibleQuestions(instrument, answers).map((q) => [q.id, q]));
  const screens: Screen[] = [];
  for (const section of instrument.sections) {
    for (const id of section.questions) {
      const question = shown.get(id);
      if (!question) continue;
      if (question.wishOf) {
        const host = screens.find((s) => s.question.id === question.wishOf);
        if (host) host.wish = question;
        continue;
      }
      const hasWish = [...instrument.questions.values()].some((q) => q.wishOf === id);
      screens.push({ section, question, wish: null, hasWish });
    }
  }
  return screens;
}
