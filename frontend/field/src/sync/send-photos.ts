import { parsePhotoAnswer } from "../core/parse.ts";
import { FieldError, say } from "../core/words.ts";
import { readPhoto, settlePhoto } from "../store/photos.ts";
import { Stopped, type StopReason } from "./http.ts";
import { changed, type Memory, opened, readPhotos } from "./phone.ts";
import type { Run } from "./send.ts";

interface Waiting {
  readonly id: string;
  readonly demand: number | null;
  readonly visitId: string;
}

const REFUSED: readonly StopReason[] = ["bad_request", "not_found", "different"];

/** Photos follow the visit they belong to, one by one; what the server has is removed here. */
export async function sendPhotos(run: Run): Promise<void> {
  const memory = opened(run.phone);
  let isTooLarge = false;
  for (const photo of waiting(memory)) {
    const reason = await sendPhoto(run, memory, photo);
    isTooLarge ||= reason === "too_large";
  }
  if (isTooLarge) throw new Stopped("too_large", say("too_large"));
}

function waiting(memory: Memory): Waiting[] {
  const found: Waiting[] = [];
  for (const { entry, content } of memory.records.values()) {
    if (entry.state !== "accepted") continue;
    for (const { id, demand, state } of memory.photos.get(entry.id) ?? []) {
      const visitId = content.answer?.visit_id ?? content.body.visit_id;
      if (state === "kept") found.push({ id, demand, visitId });
    }
  }
  return found;
}

async function sendPhoto(run: Run, memory: Memory, photo: Waiting): Promise<StopReason | null> {
  const picture = await readPhoto(memory.vault, photo.id);
  if (picture === null) return null;
  const form = new FormData();
  form.set("operation_id", photo.id);
  form.set("visit_id", photo.visitId);
  form.set("demand", photo.demand === null ? "" : String(photo.demand));
  form.set("file", new Blob([picture], { type: "image/jpeg" }), "photo.jpg");
  try {
    await run.server.freshToken();
    const answer = await run.server.post("photos/", form, parsePhotoAnswer);
    if (answer.state === "later") throw new Stopped("later", answer.message);
    if (answer.state === "different") throw new Stopped("different", say("different"));
    if (answer.state === "rejected") {
      throw new Stopped("bad_request", Object.values(answer.errors).join(" ") || say("refused"));
    }
    await settle(run, memory, photo.id, "sent");
    return null;
  } catch (error) {
    if (error instanceof FieldError || !(error instanceof Stopped)) throw error;
    if (error.reason === "too_large") return error.reason;
    if (!REFUSED.includes(error.reason)) throw error;
    run.notes.push(error.message);
    await settle(run, memory, photo.id, "refused");
    return error.reason;
  }
}

async function settle(
  run: Run,
  memory: Memory,
  photoId: string,
  state: "sent" | "refused",
): Promise<void> {
  await settlePhoto(memory.vault, photoId, state);
  await readPhotos(memory);
  await changed(run.phone);
}
