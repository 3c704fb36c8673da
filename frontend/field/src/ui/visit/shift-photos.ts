import type { FieldApp, PhotoEntry } from "../../core/app.ts";

/** After a demand was taken out: its pictures go, those of later demands move up with them. */
export async function shiftPhotos(
  app: FieldApp,
  recordId: string,
  photos: readonly PhotoEntry[],
  removed: number,
): Promise<void> {
  for (const photo of photos) {
    if (photo.demand === null || photo.demand < removed) continue;
    const picture = photo.demand > removed ? await app.photo(photo.id) : null;
    if (picture) await app.addPhoto(recordId, photo.demand - 1, picture);
    await app.removePhoto(recordId, photo.id);
  }
}
