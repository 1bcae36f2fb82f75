/** Which version of which instrument is previewed. */
export interface PreviewRef {
  id: string;
  version: string;
}

/** From the address: `?preview=mijn-verhaal@1.0`. Null where that is not asked for. */
export function previewRef(search: string): PreviewRef | null {
  const asked = new URLSearchParams(search).get('preview');
  const parts = asked === null ? null : /^([a-z][a-z0-9-]*)@([0-9]+\.[0-9]+)$/.exec(asked);
  return parts?.[1] && parts[2] ? { id: parts[1], version: parts[2] } : null;
}
