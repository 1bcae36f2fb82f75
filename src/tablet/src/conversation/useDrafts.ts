import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Vault } from '../vault/vault';
import type { Draft } from './state';

export interface Drafts {
  drafts: Draft[];
  save: (draft: Draft) => Promise<void>;
  reload: () => Promise<void>;
}

/** The conversations under way, the latest first. */
export function useDrafts(vault: Vault): Drafts {
  const [drafts, setDrafts] = useState<Draft[]>([]);
  const reload = useCallback(async () => {
    const all = await vault.all<Draft>('draft');
    setDrafts(all.sort((a, b) => (a.savedAt < b.savedAt ? 1 : -1)));
  }, [vault]);
  const save = useCallback((draft: Draft) => vault.put('draft', draft.id, draft), [vault]);
  useEffect(() => void reload(), [reload]);
  return { drafts, save, reload };
}
