// @vitest-environment node
import { expect, test } from "vitest";
import {
  fromBase64,
  makeKey,
  openKey,
  ROUNDS,
  randomBytes,
  seal,
  sealJson,
  toBase64,
  unseal,
  unsealJson,
} from "../../src/store/crypto.ts";

const SECRET = { head: "李大山", door: "东沟 12 号" };

test("the PIN opens the data key, another one does not, and nobody reads it out", async () => {
  const { key, wrapped } = await makeKey("135792", "v");
  const sealed = await sealJson(key, "records/1", SECRET);
  const opened = await openKey("135792", wrapped, "v");

  expect(opened && (await unsealJson(opened, "records/1", sealed))).toEqual(SECRET);
  expect(await openKey("135793", wrapped, "v")).toBeNull();
  expect(await openKey("135792", wrapped, "another vault")).toBeNull();
  expect(wrapped.rounds).toBe(ROUNDS);
  for (const each of [key, opened]) {
    expect(each?.extractable).toBe(false);
    if (each) await expect(crypto.subtle.exportKey("raw", each)).rejects.toThrow();
  }
});

test("two vaults with the same PIN have nothing in common", async () => {
  const [one, two] = await Promise.all([makeKey("135792", "v"), makeKey("135792", "v")]);

  expect(toBase64(one.wrapped.salt)).not.toBe(toBase64(two.wrapped.salt));
  expect(toBase64(one.wrapped.key)).not.toBe(toBase64(two.wrapped.key));
});

test("a blob opens in its own place only, unchanged, and never looks the same twice", async () => {
  const { key } = await makeKey("135792", "v");
  const content = randomBytes(100);
  const sealed = await seal(key, "photos/1", content);
  const again = await seal(key, "photos/1", content);
  const changed = new Uint8Array(sealed.data.slice(0));
  changed[5] = (changed[5] ?? 0) ^ 1;

  expect(new Uint8Array(await unseal(key, "photos/1", sealed))).toEqual(content);
  expect(toBase64(again.data)).not.toBe(toBase64(sealed.data));
  await expect(unseal(key, "photos/2", sealed)).rejects.toThrow();
  await expect(unseal(key, "records/1", sealed)).rejects.toThrow();
  await expect(unseal(key, "photos/1", { ...sealed, data: changed.buffer })).rejects.toThrow();
});

test("bytes survive being written as text", () => {
  const content = Uint8Array.from({ length: 70_000 }, (_, place) => place % 251);

  expect(fromBase64(toBase64(content))).toEqual(content);
  expect(toBase64(new Uint8Array())).toBe("");
});
