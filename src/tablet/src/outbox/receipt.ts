// The service's word that it has a conversation: only a signature over this very body counts.
import type { Parcel, Receipt, ReceiptKey } from './parcel';

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

export function isReceipt(value: unknown): value is Receipt {
  if (typeof value !== 'object' || value === null) return false;
  const r = value as Record<string, unknown>;
  return ['id', 'sha256', 'storedAt', 'key', 'signature'].every((member) => typeof r[member] === 'string');
}

export async function receiptProves(parcel: Parcel, receipt: unknown, key: ReceiptKey): Promise<boolean> {
  if (!isReceipt(receipt) || receipt.id !== parcel.id || receipt.sha256 !== parcel.sha256) return false;
  if (receipt.key !== key.kid) return false;
  try {
    const jwk = { kty: key.kty, crv: key.crv, x: key.x, y: key.y };
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    const imported = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']);
    const signed = new TextEncoder().encode(`${receipt.id}\n${receipt.sha256}\n${receipt.storedAt}`);
    const signature = fromBase64Url(receipt.signature);
    return await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, imported, signature, signed);
  } catch {
    return false;
  }
}
