import { useLanguage } from '../i18n/i18n';
import { Heading } from '../shell/Heading';
import { Icon } from '../shell/Icon';
import { SignIn } from '../vault/SignIn';
import type { Person } from '../work/api';
import type { Parcel } from './parcel';
import type { OutboxState } from './useOutbox';
import './outbox.css';

interface Props {
  state: OutboxState;
  email: string;
  needsSignIn: boolean;
  onSignedIn: (person: Person, email: string, password: string) => Promise<void>;
  onBack: () => void;
}

export function OutboxScreen({ state, email, needsSignIn, onSignedIn, onBack }: Props) {
  const { t } = useLanguage();
  const again = async (parcel: Parcel): Promise<void> => {
    await state.outbox.takeBack(parcel.id);
    await state.poke();
  };
  return (
    <section class="page page--narrow">
      <button type="button" class="button button--plain" data-testid="outbox-back" onClick={onBack}>
        <Icon name="back" /> {t('back.list')}
      </button>
      {needsSignIn ? (
        <SignIn email={email} title="sign-in.again" onSignedIn={onSignedIn} onBack={null} />
      ) : (
        <Heading step="outbox">{t('outbox.title')}</Heading>
      )}
      {state.parcels.length === 0 ? (
        <p class="empty">
          <Icon name="sent" /> {t('outbox.empty')}
        </p>
      ) : (
        <>
          <p class="lead">{t('outbox.lead')}</p>
          <ul class="parcels">
            {state.parcels.map((p) => (
              <ParcelRow key={p.id} parcel={p} onAgain={() => void again(p)} />
            ))}
          </ul>
          {!needsSignIn && state.waiting > 0 && (
            <button type="button" class="button" data-testid="outbox-now" onClick={() => void state.poke()}>
              <Icon name="refresh" /> {t('outbox.now')}
            </button>
          )}
        </>
      )}
    </section>
  );
}

function ParcelRow({ parcel, onAgain }: { parcel: Parcel; onAgain: () => void }) {
  const { t, lang } = useLanguage();
  const when = new Date(parcel.queuedAt).toLocaleString(lang === 'nl' ? 'nl-NL' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
  const { aside } = parcel;
  return (
    <li class={aside ? 'parcel parcel--aside' : 'parcel'} data-testid="parcel" data-aside={aside?.code ?? ''}>
      <Icon name={aside ? 'alert' : 'waiting'} />
      <div class="parcel__text">
        <strong>{parcel.clientName}</strong>
        <span class="quiet">{when}</span>
        {aside && (
          <>
            <p>{aside.status === 409 ? t('outbox.aside-409') : t('outbox.aside-other')}</p>
            <p class="quiet">{[aside.title, aside.code].filter((part) => part !== '').join(' · ')}</p>
            {aside.faults.length > 0 && (
              <ul class="parcel__faults">
                {aside.faults.map((f) => (
                  <li key={f.pointer}>
                    <code>{f.pointer}</code> {f.reason}
                  </li>
                ))}
              </ul>
            )}
            <button type="button" class="button" data-testid="parcel-again" onClick={onAgain}>
              {t('outbox.again')}
            </button>
          </>
        )}
      </div>
    </li>
  );
}
