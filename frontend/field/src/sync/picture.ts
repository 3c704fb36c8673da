import { fitted, QUALITY } from "../core/picture.ts";
import { FieldError } from "../core/words.ts";

interface Drawable {
  readonly source: CanvasImageSource;
  readonly width: number;
  readonly height: number;
  readonly release: () => void;
}

/** The picture as a small JPEG: drawn anew, so that place and camera of the file are left behind. */
export async function shrunk(picture: Blob): Promise<Blob> {
  const drawable = await decoded(picture).catch(() => null);
  if (drawable === null) throw new FieldError("bad_picture");
  const canvas = document.createElement("canvas");
  Object.assign(canvas, fitted(drawable.width, drawable.height));
  const context = canvas.getContext("2d");
  context?.drawImage(drawable.source, 0, 0, canvas.width, canvas.height);
  drawable.release();
  const small = await new Promise<Blob | null>((done) => {
    canvas.toBlob(done, "image/jpeg", QUALITY);
  });
  if (context === null || small === null) throw new FieldError("bad_picture");
  return small;
}

async function decoded(picture: Blob): Promise<Drawable> {
  if (typeof createImageBitmap === "function") {
    const bitmap = await createImageBitmap(picture).catch(() => null);
    if (bitmap !== null) {
      const { width, height } = bitmap;
      return { source: bitmap, width, height, release: () => bitmap.close() };
    }
  }
  const address = URL.createObjectURL(picture);
  const image = new Image();
  image.src = address;
  try {
    await image.decode();
  } catch (error) {
    URL.revokeObjectURL(address);
    throw error;
  }
  const release = (): void => URL.revokeObjectURL(address);
  return { source: image, width: image.naturalWidth, height: image.naturalHeight, release };
}
