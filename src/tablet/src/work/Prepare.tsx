// Two screens before the first question: one for the worker (who is here, who leads), one for the client (do you
// want to take part).
import { useEffect, useState } from 'preact/hooks';
import { instant } from '../conversation/document';
import { readyAhead } from '../conversation/readyAhead';
import {
  begin,
  type AnswersBy,
  type Knows,
  type Present,
  type Relation,
  type Setup,
} from '../conversation/state';
import { useComfort } from '../comfort/comfort';
import { LanguageContext, pick, translator, useLanguage, type Key } from '../i18n/i18n';
import type { Instrument, Lang } from '../instrument/types';
import { ChooseOne, ChooseSome } from '../shell/Choices';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { useSteady } from '../shell/useSteady';
import { NameOrNot } from '../anonymous/later';
import { Consent } from './Consent';
import type { Client, Due } from './types';
import './prepare.css';

interface Props {
  client: Client;
  due: Due;
  instrument: Instrument;
  sha256: string;
  onStart: (setup: Setup) => void;
  onRefuse: (setup: Setup, startedAt: string) => void;
  onBack: () => void;
}

const relations: Relation[] = ['regular-worker', 'other-worker', 'interviewer', 'relative', 'none'];
const knowing: Knows[] = ['well', 'a-bit', 'hardly'];
const ways: AnswersBy[] = ['speaking', 'pointing', 'pictures', 'with-help', 'observed'];
const others: Present[] = ['client', 'relative', 'interpreter', 'second-observer'];

const usualWay: Record<Client['communication'], AnswersBy> = {
  speaks: 'speaking',
  'speaks-with-support': 'with-help',
  pictures: 'pictures',
  'non-verbal': 'observed',
};

function usual(client: Client, due: Due, instrument: Instrument, sha256: string, lang: Lang): Setup {
  const observing = due.perspective === 'observer';
  return {
    choice: due.choice,
    client: { id: client.id, name: client.name, shortName: client.shortName },
    instrument: { id: instrument.id, version: instrument.version, sha256 },
    perspective: due.perspective,
    language: instrument.languages.includes(lang) ? lang : (instrument.languages[0] ?? 'nl'),
    conductor: {
      relation: client.regularWorker ? 'regular-worker' : 'other-worker',
      knowsClient: client.regularWorker ? 'well' : 'a-bit',
      chosenByClient: false,
    },
    listening: instrument.forListening && !observing,
    present: due.perspective === 'relative' ? ['relative'] : ['client'],
    answersBy: observing
      ? 'observed'
      : due.perspective === 'client'
        ? usualWay[client.communication]
        : 'speaking',
  };
}

export function Prepare({ client, due, instrument, sha256, onStart, onRefuse, onBack }: Props) {
  const { t, lang } = useLanguage();
  const { comfort } = useComfort();
  const [startedAt] = useState(() => instant(Date.now()));
  const [setup, setSetup] = useState(() => usual(client, due, instrument, sha256, comfort.lang));
  const planned = useSteady(() => begin(setup, instrument, '', startedAt));
  useEffect(() => readyAhead(instrument, planned), [instrument, planned]);
  const [asking, setAsking] = useState(false);
  const [naming, setNaming] = useState(false);
  const conductor = (part: Partial<Setup['conductor']>): void =>
    setSetup({ ...setup, conductor: { ...setup.conductor, ...part } });
  const labels = <T extends string>(values: T[], prefix: string) =>
    values.map((value) => ({ value, label: t(`${prefix}.${value}` as Key, { name: client.shortName }) }));

  if (asking) {
    const language = { lang: setup.language, t: translator(setup.language) };
    return (
      <LanguageContext.Provider value={language}>
        {naming ? (
          <NameOrNot
            name={client.shortName}
            perspective={due.perspective}
            listening={setup.listening ?? false}
            onChoose={(anonymous: boolean) => onStart({ ...setup, anonymous })}
            onBack={() => setNaming(false)}
          />
        ) : (
          <Consent
            name={client.shortName}
            perspective={due.perspective}
            listening={setup.listening ?? false}
            onAgree={() => (due.anonymous ? setNaming(true) : onStart(setup))}
            onRefuse={() => onRefuse(setup, startedAt)}
            onBack={() => setAsking(false)}
          />
        )}
      </LanguageContext.Provider>
    );
  }
  const gentle = !due.regularWorkerMayLead && setup.conductor.relation === 'regular-worker';
  return (
    <section class="page page--narrow">
      <button type="button" class="button button--plain" data-testid="prepare-back" onClick={onBack}>
        <Icon name="back" /> {t('back')}
      </button>
      <Heading step="prepare">{t('prepare.title', { name: client.shortName })}</Heading>
      <p class="lead">{pick(instrument.title, lang)}</p>
      <div class="prepare">
        <ChooseSome
          legend={t('prepare.present')}
          name="present"
          choices={labels(others, 'present')}
          values={setup.present}
          onChange={(present) => setSetup({ ...setup, present: others.filter((o) => present.includes(o)) })}
        />
        <ChooseOne
          legend={t('prepare.relation', { name: client.shortName })}
          name="relation"
          choices={labels(relations, 'relation')}
          value={setup.conductor.relation}
          onChange={(relation) => conductor({ relation })}
        />
        {gentle && (
          <p class="notice" role="status" data-testid="regular-worker-warning">
            <Icon name="tip" /> {t('prepare.gentle', { name: client.shortName })}
          </p>
        )}
        {due.waiting?.relations.includes(setup.conductor.relation) && (
          <p class="notice" role="status" data-testid="same-relation-warning">
            <Icon name="eye" /> <span>{t('second.same', { name: client.shortName })}</span>
          </p>
        )}
        <ChooseOne
          legend={t('prepare.knows', { name: client.shortName })}
          name="knows"
          choices={labels(knowing, 'knows')}
          value={setup.conductor.knowsClient}
          onChange={(knowsClient) => conductor({ knowsClient })}
        />
        <ChooseOne
          legend={t('prepare.chosen', { name: client.shortName })}
          name="chosen"
          choices={[
            { value: 'yes', label: t('yes') },
            { value: 'no', label: t('no') },
          ]}
          value={setup.conductor.chosenByClient ? 'yes' : 'no'}
          onChange={(value) => conductor({ chosenByClient: value === 'yes' })}
        />
        <ChooseOne
          legend={t('prepare.answers')}
          name="answers-by"
          choices={labels(ways, 'answers-by')}
          value={setup.answersBy}
          onChange={(answersBy) => setSetup({ ...setup, answersBy })}
        />
        {due.perspective !== 'observer' && (
          <ChooseOne
            legend={t('ask.how')}
            name="ask"
            choices={[
              { value: 'screen', label: t('ask.screen') },
              { value: 'listen', label: t('ask.listen') },
            ]}
            value={setup.listening ? 'listen' : 'screen'}
            onChange={(value) => setSetup({ ...setup, listening: value === 'listen' })}
          />
        )}
        {instrument.languages.length > 1 && (
          <ChooseOne
            legend={t('prepare.language')}
            name="language"
            choices={instrument.languages.map((value) => ({
              value,
              label: value === 'nl' ? 'Nederlands' : 'English',
            }))}
            value={setup.language}
            onChange={(language) => setSetup({ ...setup, language })}
          />
        )}
      </div>
      <button
        type="button"
        class="button button--main"
        data-testid="prepare-next"
        onClick={() => setAsking(true)}
      >
        {t('next')} <Icon name="next" />
      </button>
    </section>
  );
}
