// The shape of an instrument as the service serves it: a JSON Schema document of the answers, with
// everything a validator does not need under the one annotation keyword `cv`.

export type Lang = 'nl' | 'en';
export type LocalText = { nl: string; en?: string };
export type AnswerValue = string | number | string[];
export type Answers = Record<string, AnswerValue>;

export type Present = 'words' | 'faces' | 'two-step' | 'levels' | 'yes-no' | 'grade' | 'text' | 'multiple';
export type JsonSchema = Record<string, unknown>;

export interface OptionFile {
  const: string;
  cv: { text: LocalText; score?: number; picture?: string };
}

export interface StepFile {
  id: string;
  text: LocalText;
  picture?: string;
  options: string[];
}

export interface ScaleFile {
  $id?: string;
  type?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  oneOf?: OptionFile[];
  items?: QuestionFile;
  cv?: { present?: Present; steps?: StepFile[] };
}

export interface QuestionCv {
  text: LocalText;
  speak?: LocalText;
  help?: LocalText;
  tip?: LocalText;
  domain?: string;
  picture?: string;
  sensitive?: boolean;
  reversed?: boolean;
  role?: 'closing' | 'comprehension-check' | 'context';
  visibleWhen?: JsonSchema;
  wishOf?: string;
  present?: Present;
  steps?: StepFile[];
}

export interface QuestionFile extends Omit<ScaleFile, 'cv'> {
  $ref?: string;
  cv?: QuestionCv;
}

export type Kind = 'plain-language' | 'visual' | 'observation' | 'reflection';
export type Perspective = 'client' | 'relative' | 'worker' | 'observer' | 'team';

/** Whom or what an instrument is about. */
export type Subject = 'client' | 'team' | 'location';

/** How many have to answer from a perspective before the answers are complete. */
export interface Needed {
  perspective: Perspective;
  minimum: number;
}

export interface SectionFile {
  id: string;
  title: LocalText;
  picture?: string;
  questions: string[];
}

export interface InstrumentFile {
  $id: string;
  properties: Record<string, QuestionFile>;
  $defs?: Record<string, ScaleFile>;
  cv: {
    id: string;
    version: string;
    kind: Kind;
    subject?: Subject;
    perspectives?: Needed[];
    fits?: { disability?: string[] };
    title: LocalText;
    purpose?: LocalText;
    languages?: string[];
    minutes?: number;
    sections: SectionFile[];
  };
}

export interface Option {
  code: string;
  text: LocalText;
  score: number | null;
  picture: string | null;
}

/** A question with its scale resolved: what a screen needs and nothing more. */
export interface Question {
  id: string;
  present: Present;
  options: Option[];
  steps: StepFile[];
  minimum: number;
  maximum: number;
  text: LocalText;
  speak: LocalText | null;
  help: LocalText | null;
  tip: LocalText | null;
  picture: string | null;
  sensitive: boolean;
  /** Agreeing with it is the less good answer. */
  reversed: boolean;
  role: QuestionCv['role'] | null;
  wishOf: string | null;
  visibleWhen: JsonSchema | null;
}

export interface Section {
  id: string;
  title: LocalText;
  picture: string | null;
  questions: string[];
}

export interface Instrument {
  id: string;
  version: string;
  kind: Kind;
  subject: Subject;
  perspectives: Needed[];
  /** Made for people who do not see the screen. */
  forListening: boolean;
  title: LocalText;
  languages: Lang[];
  sections: Section[];
  questions: Map<string, Question>;
  /** Where each recorded prompt is, by language/question and language/question.option. */
  recordings: Record<string, string>;
}
