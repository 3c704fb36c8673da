import type { PhotoEntry } from "../core/app.ts";
import { FieldError } from "../core/words.ts";
import { type Bytes, seal, unseal } from "./crypto.ts";
import { type PhotoRow, write } from "./database.ts";
import type { Vault } from "./vault.ts";

export interface NewPhoto {
  readonly id: string;
  readonly recordId: string;
  readonly demand: number | null;
  readonly content: ArrayBuffer | Bytes;
}

const placeOf = (id: string): string => `photos/${id}`;

/** Keeps a photo of a record that is here; one with this id stays as it is. */
export async function addPhoto(
  vault: Vault,
  photo: NewPhoto,
  may: (state: string) => boolean,
): Promise<void> {
  const { db } = vault;
  const { id, recordId, demand, content } = photo;
  const sealed = await seal(vault.key, placeOf(id), content);
  const row: PhotoRow = { id, recordId, demand, state: "kept", size: content.byteLength };
  await write(db, vault.id, async () => {
    const record = await db.records.get(recordId);
    if (record === undefined || !may(record.state)) throw new FieldError("not_now");
    if ((await db.photos.get(id)) !== undefined) return;
    await db.photos.put(row);
    await db.pictures.put({ id, sealed });
  });
}

/** What waits of a photo is taken away; one the server has is not ours to remove. */
export function removePhoto(vault: Vault, recordId: string, photoId: string): Promise<void> {
  const { db } = vault;
  return write(db, vault.id, async () => {
    const row = await db.photos.get(photoId);
    if (row === undefined || row.recordId !== recordId) return;
    if (row.state === "sent") throw new FieldError("not_now");
    await db.photos.delete(photoId);
    await db.pictures.delete(photoId);
  });
}

/** The server answered: an accepted picture is removed here, a refused one stays to be seen. */
export function settlePhoto(
  vault: Vault,
  photoId: string,
  state: "sent" | "refused",
): Promise<void> {
  const { db } = vault;
  return write(db, vault.id, async () => {
    const row = await db.photos.get(photoId);
    if (row === undefined) return;
    await db.photos.put({ ...row, state });
    if (state === "sent") await db.pictures.delete(photoId);
  });
}

export async function readPhoto(vault: Vault, photoId: string): Promise<ArrayBuffer | null> {
  const row = await vault.db.pictures.get(photoId);
  return row === undefined ? null : unseal(vault.key, placeOf(photoId), row.sealed);
}

export async function listPhotos(vault: Vault): Promise<Map<string, PhotoEntry[]>> {
  const byRecord = new Map<string, PhotoEntry[]>();
  await vault.db.photos.each(({ id, recordId, demand, state, size }) => {
    byRecord.set(recordId, [...(byRecord.get(recordId) ?? []), { id, demand, state, size }]);
  });
  return byRecord;
}
