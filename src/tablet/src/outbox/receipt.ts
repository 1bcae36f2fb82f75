// The service's word that it has a conversation: only a signature over this very body counts.
import { fromBase64Url } from '../vault/base64url';
import type { Parcel, Receipt, ReceiptKey } from './parcel';

export function isReceipt(value: unknown): value is Receipt {
  if (typeof value !== 'object' || value === null) return false;
  const r = value as Record<string, unknown>;
  return ['id', 'sha256', 'storedAt', 'key', 'signature'].every((member) => typeof r[member] === 'string');
}

export async function receiptProves(
  parcel: Pick<Parcel, 'id' | 'sha256'>,
  receipt: unknown,
  key: ReceiptKey,
): Promise<boolean> {
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
