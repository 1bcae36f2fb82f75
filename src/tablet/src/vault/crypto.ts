// The few cryptographic steps of the vault, all from the browser's own WebCrypto.

import type { HandOverKey } from './database';

export interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  data: ArrayBuffer;
}

type Bytes = Uint8Array<ArrayBuffer>;
const utf8 = (text: string): Bytes => new TextEncoder().encode(text) as Bytes;

export const randomBytes = (length: number): Bytes => crypto.getRandomValues(new Uint8Array(length));

/** Seals under a key. The label (a record's id) is authenticated: a record cannot pose as another one. */
export async function seal(key: CryptoKey, label: string, plain: Bytes): Promise<Sealed> {
  const iv = randomBytes(12);
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8(label) }, key, plain);
  return { iv, data };
}

/** Throws when the key is not the right one, or when anything was changed. */
export async function unseal(key: CryptoKey, label: string, sealed: Sealed): Promise<Bytes> {
  const parameters = { name: 'AES-GCM', iv: sealed.iv, additionalData: utf8(label) };
  return new Uint8Array(await crypto.subtle.decrypt(parameters, key, sealed.data));
}

export const sealJson = (key: CryptoKey, label: string, value: unknown): Promise<Sealed> =>
  seal(key, label, utf8(JSON.stringify(value)));

export async function unsealJson<T>(key: CryptoKey, label: string, sealed: Sealed): Promise<T> {
  return JSON.parse(new TextDecoder().decode(await unseal(key, label, sealed))) as T;
}

/** A key from something a person knows. */
export async function deriveKey(secret: string, salt: Bytes, iterations: number): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', utf8(secret), 'PBKDF2', false, ['deriveKey']);
  const parameters = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations };
  return crypto.subtle.deriveKey(parameters, material, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
}

/** The data key in use: not extractable, so that script cannot read it back out. */
export const importDataKey = (raw: Bytes): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, { name: 'AES-GCM' }, false, ['encrypt', 'decrypt']);

export const makeDeviceKey = (): Promise<CryptoKey> =>
  crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

/** Puts a key away under the service's public one: nothing on this tablet opens it again. */
export async function putAway(key: HandOverKey, raw: Bytes): Promise<Bytes> {
  const algorithm = { name: 'RSA-OAEP', hash: 'SHA-256' };
  const jwk = { kty: key.kty, alg: key.alg, n: key.n, e: key.e };
  const imported = await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['encrypt']);
  return new Uint8Array(await crypto.subtle.encrypt(algorithm, imported, raw));
}

export async function sha256Hex(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(text)));
  return Array.from(digest, (b) => b.toString(16).padStart(2, '0')).join('');
}
