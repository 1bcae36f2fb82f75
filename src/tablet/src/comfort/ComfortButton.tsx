import { useState } from 'preact/hooks';
import { useLanguage } from '../i18n/i18n';
import { ChooseOne } from '../shell/Choices';
import { Dialog } from '../shell/Dialog';
import { Icon } from '../shell/Icon';
import { SwitchChoices } from '../switch/SwitchChoices';
import { useComfort, type Comfort } from './comfort';

const sizes = ['100', '125', '150', '200'] as const;

export function ComfortButton() {
  const { t } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="tool" data-testid="comfort" onClick={() => setOpen(true)}>
        <Icon name="comfort" />
        <span class="tool__label">{t('comfort.open')}</span>
      </button>
      {open && <ComfortDialog onClose={() => setOpen(false)} />}
    </>
  );
}

function ComfortDialog({ onClose }: { onClose: () => void }) {
  const { t } = useLanguage();
  const { comfort, change } = useComfort();
  const onOff = [
    { value: 'off' as const, label: t('comfort.off') },
    { value: 'on' as const, label: t('comfort.on') },
  ];
  return (
    <Dialog title={t('comfort.title')} onClose={onClose}>
      <div class="stack">
        <ChooseOne
          legend={t('comfort.language')}
          name="comfort-lang"
          value={comfort.lang}
          choices={[
            { value: 'nl', label: 'Nederlands' },
            { value: 'en', label: 'English' },
          ]}
          onChange={(lang) => change({ lang })}
        />
        <ChooseOne
          legend={t('comfort.size')}
          name="comfort-size"
          value={String(comfort.size) as (typeof sizes)[number]}
          choices={sizes.map((value) => ({ value, label: `${value}%` }))}
          onChange={(size) => change({ size: Number(size) as Comfort['size'] })}
        />
        <ChooseOne
          legend={t('comfort.theme')}
          name="comfort-theme"
          value={comfort.theme}
          choices={[
            { value: 'light', label: t('comfort.light') },
            { value: 'dark', label: t('comfort.dark') },
            { value: 'system', label: t('comfort.system') },
          ]}
          onChange={(theme) => change({ theme })}
        />
        <ChooseOne
          legend={t('comfort.contrast')}
          name="comfort-contrast"
          value={comfort.contrast ? 'on' : 'off'}
          choices={onOff}
          onChange={(value) => change({ contrast: value === 'on' })}
        />
        <ChooseOne
          legend={t('comfort.calm')}
          name="comfort-calm"
          value={comfort.calm ? 'on' : 'off'}
          choices={onOff}
          onChange={(value) => change({ calm: value === 'on' })}
        />
        <ChooseOne
          legend={t('comfort.read')}
          name="comfort-read"
          value={comfort.read ? 'on' : 'off'}
          choices={onOff}
          onChange={(value) => change({ read: value === 'on' })}
        />
        <ChooseOne
          legend={t('comfort.rate')}
          name="comfort-rate"
          value={String(comfort.rate)}
          choices={[
            { value: '0.7', label: t('comfort.slow') },
            { value: '0.9', label: t('comfort.calm-pace') },
            { value: '1.1', label: t('comfort.usual') },
            { value: '1.4', label: t('comfort.fast') },
          ]}
          onChange={(rate) => change({ rate: Number(rate) as Comfort['rate'] })}
        />
        <ChooseOne
          legend={t('comfort.volume')}
          name="comfort-volume"
          value={String(comfort.volume)}
          choices={[
            { value: '0.4', label: t('comfort.soft') },
            { value: '0.7', label: t('comfort.middle') },
            { value: '1', label: t('comfort.loud') },
          ]}
          onChange={(volume) => change({ volume: Number(volume) as Comfort['volume'] })}
        />
        <ChooseOne
          legend={t('comfort.hand')}
          name="comfort-hand"
          value={comfort.hand}
          choices={[
            { value: 'right', label: t('comfort.right') },
            { value: 'left', label: t('comfort.left') },
          ]}
          onChange={(hand) => change({ hand })}
        />
        <SwitchChoices />
        <button type="button" class="button button--main" data-testid="comfort-close" onClick={onClose}>
          {t('ready')}
        </button>
      </div>
    </Dialog>
  );
}
