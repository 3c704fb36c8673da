/** The only code that encrypts: AES-GCM with 256 bits, keys from words by PBKDF2-SHA-256. */

export const ROUNDS = 600_000;

export type Bytes = Uint8Array<ArrayBuffer>;

export interface Sealed {
  readonly iv: Bytes;
  readonly data: ArrayBuffer;
}

/** The data key, wrapped by a key that only the PIN gives. */
export interface WrappedKey {
  readonly salt: Bytes;
  readonly iv: Bytes;
  readonly key: ArrayBuffer;
  readonly rounds: number;
}

const AES = { name: "AES-GCM", length: 256 };
const encoder = new TextEncoder();
const decoder = new TextDecoder();

export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length));
}

/** A key from a PIN or a password; slow on purpose. */
export async function keyFromWords(
  words: string,
  salt: Bytes,
  rounds: number,
  usages: readonly KeyUsage[],
): Promise<CryptoKey> {
  const { subtle } = crypto;
  const raw = encoder.encode(words);
  const base = await subtle.importKey("raw", raw, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  return subtle.deriveKey(how, base, AES, false, [...usages]);
}

/** A new data key, wrapped; it can be used at once but never be read out. */
export async function makeKey(
  pin: string,
  vaultId: string,
): Promise<{ key: CryptoKey; wrapped: WrappedKey }> {
  const { subtle } = crypto;
  const salt = randomBytes(16);
  const iv = randomBytes(12);
  const outer = await keyFromWords(pin, salt, ROUNDS, ["wrapKey", "unwrapKey"]);
  const fresh = await subtle.generateKey(AES, true, ["encrypt", "decrypt"]);
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(`key/${vaultId}`) };
  const wrapped = { salt, iv, key: await subtle.wrapKey("raw", fresh, outer, how), rounds: ROUNDS };
  const key = await unwrapWith(outer, wrapped, vaultId);
  return { key, wrapped };
}

/** The data key, or null where the PIN is wrong. */
export async function openKey(
  pin: string,
  wrapped: WrappedKey,
  vaultId: string,
): Promise<CryptoKey | null> {
  const outer = await keyFromWords(pin, wrapped.salt, wrapped.rounds, ["unwrapKey"]);
  try {
    return await unwrapWith(outer, wrapped, vaultId);
  } catch (error) {
    if (error instanceof DOMException && error.name === "OperationError") return null;
    throw error;
  }
}

function unwrapWith(outer: CryptoKey, wrapped: WrappedKey, vaultId: string): Promise<CryptoKey> {
  const additionalData = encoder.encode(`key/${vaultId}`);
  const how = { name: "AES-GCM", iv: wrapped.iv, additionalData };
  return crypto.subtle.unwrapKey("raw", wrapped.key, outer, how, AES, false, [
    "encrypt",
    "decrypt",
  ]);
}

/** Encrypts under a fresh IV; `place` names table and key, so that no blob fits elsewhere. */
export async function seal(key: CryptoKey, place: string, content: BufferSource): Promise<Sealed> {
  const iv = randomBytes(12);
  const how = { name: "AES-GCM", iv, additionalData: encoder.encode(place) };
  return { iv, data: await crypto.subtle.encrypt(how, key, content) };
}

export function unseal(key: CryptoKey, place: string, sealed: Sealed): Promise<ArrayBuffer> {
  const how = { name: "AES-GCM", iv: sealed.iv, additionalData: encoder.encode(place) };
  return crypto.subtle.decrypt(how, key, sealed.data);
}

export function sealJson(key: CryptoKey, place: string, value: unknown): Promise<Sealed> {
  return seal(key, place, encoder.encode(JSON.stringify(value)));
}

export async function unsealJson(key: CryptoKey, place: string, sealed: Sealed): Promise<unknown> {
  return JSON.parse(decoder.decode(await unseal(key, place, sealed)));
}

export function toBase64(content: ArrayBuffer | Bytes): string {
  const bytes = content instanceof Uint8Array ? content : new Uint8Array(content);
  let text = "";
  for (let from = 0; from < bytes.length; from += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(from, from + 0x8000));
  }
  return btoa(text);
}

export function fromBase64(text: string): Bytes {
  const plain = atob(text);
  const bytes = new Uint8Array(plain.length);
  for (let place = 0; place < plain.length; place += 1) bytes[place] = plain.charCodeAt(place);
  return bytes;
}
