import { isWhole, marksOf, merged } from "../core/delta.ts";
import { isPast } from "../core/outbox.ts";
import { parseBundle, parseStart } from "../core/parse.ts";
import { say } from "../core/words.ts";
import { removeRecord } from "../store/records.ts";
import {
  findVillage,
  listTaken,
  removeVillage,
  writeStart,
  writeVillage,
} from "../store/register.ts";
import { changeVault, noteContact } from "../store/vault.ts";
import { type Server, Stopped } from "./http.ts";
import { changed, opened, type Phone, readPhotos, readRegister } from "./phone.ts";
import type { Run } from "./send.ts";

/** Who I am and what is asked; another person's answer is not kept. */
export async function pullStart({ phone, server }: Run): Promise<void> {
  const memory = opened(phone);
  const { phoneId } = phone.vault ?? { phoneId: "" };
  const asked = { phone_id: phoneId, phone_name: phone.env.phoneName() };
  const start = await server.post("start/", asked, parseStart);
  const owner = phone.vault?.personId ?? null;
  if (owner !== null && owner !== start.person.id) {
    throw new Stopped("other_person", say("other_person"));
  }
  if (owner === null) {
    await changeVault(phone.db, memory.vault.id, () => ({ personId: start.person.id }));
  }
  await writeStart(memory.vault, start);
  await noteContact(memory.vault, start.time, phone.env.now());
  await readRegister(memory);
  await changed(phone);
}

/** Brings the natural villages that were taken along up to date; lost ones are dropped. */
export async function pullVillages({ phone, server }: Run): Promise<void> {
  for (const hamletId of await listTaken(opened(phone).vault)) {
    try {
      await pullVillage(phone, server, hamletId);
    } catch (error) {
      if (!(error instanceof Stopped && error.reason === "not_found")) throw error;
      await dropVillage(phone, hamletId);
    }
  }
}

/** Asks for what differs; if the result does not add up, for everything. */
export async function pullVillage(phone: Phone, server: Server, hamletId: string): Promise<void> {
  const memory = opened(phone);
  const before = await findVillage(memory.vault, hamletId);
  const kept = before?.hamlet ?? null;
  const ask = (known: Record<string, string>) =>
    server.post(`bundles/${encodeURIComponent(hamletId)}/`, { known }, parseBundle);
  let delta = await ask(marksOf(kept));
  let hamlet = merged(kept, delta);
  if (!isWhole(hamlet, delta.marks)) {
    delta = await ask({});
    hamlet = merged(null, delta);
  }
  await writeVillage(memory.vault, hamlet, before);
  await readRegister(memory);
  await changed(phone);
}

export async function dropVillage(phone: Phone, hamletId: string): Promise<void> {
  const memory = opened(phone);
  await removeVillage(memory.vault, hamletId);
  await readRegister(memory);
  await changed(phone);
}

/** Accepted records are removed after thirty days by the server's clock, once their photos went. */
export async function removePast(phone: Phone): Promise<void> {
  const memory = opened(phone);
  const serverTime = phone.vault?.contact.serverTime ?? 0;
  for (const [id, { entry }] of memory.records) {
    const photos = memory.photos.get(id) ?? [];
    if (!isPast(entry, serverTime) || photos.some(({ state }) => state === "kept")) continue;
    if (await removeRecord(memory.vault, id, ({ state }) => state === "accepted")) {
      memory.records.delete(id);
    }
  }
  await readPhotos(memory);
  await changed(phone);
}
