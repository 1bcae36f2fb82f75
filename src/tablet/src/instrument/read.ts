import type {
  Instrument,
  InstrumentFile,
  Lang,
  Option,
  OptionFile,
  Present,
  Question,
  QuestionFile,
  ScaleFile,
} from './types';

const optionsOf = (list: OptionFile[] | undefined): Option[] =>
  (list ?? []).map((o) => ({
    code: o.const,
    text: o.cv.text,
    score: o.cv.score ?? null,
    picture: o.cv.picture ?? null,
  }));

/** Scales lie embedded under `$defs`, each with its own `$id`; a `$ref` is relative to the instrument's `$id`. */
function scaleFinder(file: InstrumentFile): (ref: string | undefined) => ScaleFile {
  const byId = new Map<string, ScaleFile>();
  for (const [name, scale] of Object.entries(file.$defs ?? {})) {
    byId.set(`#/$defs/${name}`, scale);
    if (scale.$id) byId.set(new URL(scale.$id, file.$id).href, scale);
  }
  return (ref) => {
    if (!ref) return {};
    const scale = byId.get(ref) ?? byId.get(new URL(ref, file.$id).href);
    if (!scale)
      throw new Error(`${file.cv.id} ${file.cv.version} refers to ${ref}, which is not in the bundle`);
    return scale;
  };
}

function presentOf(q: QuestionFile, scale: ScaleFile): Present {
  if (q.type === 'array' || scale.type === 'array') return 'multiple';
  const told = q.cv?.present ?? scale.cv?.present;
  if (told) return told;
  if (q.oneOf ?? scale.oneOf) return 'words';
  return (q.type ?? scale.type) === 'integer' ? 'grade' : 'text';
}

function readQuestion(id: string, q: QuestionFile, find: (ref: string | undefined) => ScaleFile): Question {
  const cv = q.cv;
  if (!cv) throw new Error(`question ${id} has no texts`);
  const scale = find(q.$ref);
  const items = q.items ?? scale.items;
  const present = presentOf(q, scale);
  const choices =
    present === 'multiple' ? (items?.oneOf ?? find(items?.$ref).oneOf) : (q.oneOf ?? scale.oneOf);
  return {
    id,
    present,
    options: optionsOf(choices),
    steps: cv.steps ?? scale.cv?.steps ?? [],
    minimum: q.minimum ?? scale.minimum ?? 1,
    maximum: q.maximum ?? scale.maximum ?? 10,
    text: cv.text,
    speak: cv.speak ?? null,
    help: cv.help ?? null,
    tip: cv.tip ?? null,
    picture: cv.picture ?? null,
    sensitive: cv.sensitive ?? false,
    reversed: cv.reversed ?? false,
    role: cv.role ?? null,
    wishOf: cv.wishOf ?? null,
    visibleWhen: cv.visibleWhen ?? null,
  };
}

/**
 * Made for people who do not see, and each question with words of its own to be heard: only then everything is by ear
 * unless somebody chooses otherwise. An instrument that merely fits them too is not.
 */
export function madeForListening(file: InstrumentFile): boolean {
  const asked = Object.values(file.properties).filter(
    (q) => !q.cv?.wishOf && !q.cv?.role && !q.$ref?.endsWith('/free-text.json'),
  );
  const fits = file.cv.fits?.disability?.includes('visual') ?? false;
  return fits && asked.length > 0 && asked.every((q) => q.cv?.speak !== undefined);
}

export function readInstrument(file: InstrumentFile, recordings: Record<string, string> = {}): Instrument {
  const find = scaleFinder(file);
  const questions = new Map<string, Question>();
  for (const [id, q] of Object.entries(file.properties)) questions.set(id, readQuestion(id, q, find));
  const languages = (file.cv.languages ?? ['nl']).filter((l): l is Lang => l === 'nl' || l === 'en');
  return {
    id: file.cv.id,
    version: file.cv.version,
    kind: file.cv.kind,
    subject: file.cv.subject ?? 'client',
    perspectives: file.cv.perspectives ?? [],
    forListening: madeForListening(file),
    title: file.cv.title,
    languages,
    sections: file.cv.sections.map((s) => ({ ...s, picture: s.picture ?? null })),
    questions,
    recordings,
  };
}

/** Every picture a conversation with this instrument can show, so that it can be fetched beforehand. */
export function picturesOf(instrument: Instrument): string[] {
  const found = new Set<string>();
  const add = (id: string | null | undefined): void => {
    if (id) found.add(id);
  };
  instrument.sections.forEach((s) => add(s.picture));
  for (const q of instrument.questions.values()) {
    add(q.picture);
    q.options.forEach((o) => add(o.picture));
    q.steps.forEach((s) => add(s.picture));
  }
  return [...found];
}
