import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { nameOf } from "../../src/sync/environment.ts";
import { openFieldApp } from "../../src/sync/field-app.ts";
import { shrunk } from "../../src/sync/picture.ts";
import { watchUpdates } from "../../src/sync/update.ts";

const NAMES = [
  [
    "Mozilla/5.0 (Linux; U; Android 8.1.0; zh-cn; M5 Note Build/X) AppleWebKit/537.36",
    "Android 8.1.0; M5 Note",
  ],
  ["Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/120.0", "Android 10; K"],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 14_4 like Mac OS X)",
    "iPhone; CPU iPhone OS 14_4 like Mac OS X",
  ],
  ["strange", ""],
] as const;

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test.each(NAMES)("%s is called %s", (userAgent, name) => {
  expect(nameOf(userAgent)).toBe(name);
});

test("a page without encryption or without storage refuses with a sentence to show", async () => {
  vi.stubGlobal("crypto", {});
  await expect(openFieldApp()).rejects.toMatchObject({ trouble: "not_secure" });

  vi.stubGlobal("crypto", { subtle: {} });
  vi.stubGlobal("indexedDB", undefined);
  await expect(openFieldApp()).rejects.toMatchObject({ trouble: "no_storage" });
});

test("a browser that opens no database refuses too", async () => {
  vi.stubGlobal("crypto", { subtle: {}, getRandomValues: (bytes: Uint8Array) => bytes });
  vi.stubGlobal("indexedDB", {
    open: () => {
      throw new DOMException("private window", "SecurityError");
    },
  });

  await expect(openFieldApp()).rejects.toMatchObject({ trouble: "no_storage" });
});

function drawing() {
  const drawn = vi.fn();
  const canvas = HTMLCanvasElement.prototype;
  vi.spyOn(canvas, "getContext").mockReturnValue({ drawImage: drawn } as never);
  vi.spyOn(canvas, "toBlob").mockImplementation((done, kind, quality) => {
    done(new Blob([`${kind} ${quality}`]));
  });
  return drawn;
}

test("a picture is drawn anew in its small size", async () => {
  const drawn = drawing();
  const bitmap = { width: 4000, height: 3000, close: vi.fn() };
  vi.stubGlobal("createImageBitmap", async () => bitmap);

  const small = await shrunk(new Blob(["large"]));

  expect(await small.text()).toBe("image/jpeg 0.7");
  expect(drawn).toHaveBeenCalledWith(bitmap, 0, 0, 1280, 960);
  expect(bitmap.close).toHaveBeenCalledOnce();
});

test("a browser without bitmaps draws an image instead", async () => {
  const drawn = drawing();
  vi.stubGlobal("createImageBitmap", undefined);
  class Picture {
    src = "";
    naturalWidth = 100;
    naturalHeight = 50;
    decode = async () => {};
  }
  vi.stubGlobal("Image", Picture);

  await shrunk(new Blob(["small"]));

  expect(drawn).toHaveBeenCalledWith(expect.any(Picture), 0, 0, 100, 50);
});

test("what is no picture is told to the person", async () => {
  vi.stubGlobal("createImageBitmap", () => Promise.reject(new Error("no")));
  vi.stubGlobal(
    "Image",
    class {
      src = "";
      decode = () => Promise.reject(new Error("no"));
    },
  );

  await expect(shrunk(new Blob(["x"]))).rejects.toMatchObject({ trouble: "bad_picture" });
});

class Workers extends EventTarget {
  controller: object | null = {};
  readonly registration = Object.assign(new EventTarget(), {
    installing: new EventTarget(),
    waiting: null as null | { postMessage: (message: string) => void },
  });
  readonly register = vi.fn(async () => this.registration);
}

let workers: Workers;

beforeEach(() => {
  workers = new Workers();
  Object.defineProperty(navigator, "serviceWorker", { value: workers, configurable: true });
});

test("the worker is registered past the browser's cache, and a waiting one is offered", async () => {
  const update = watchUpdates();
  const heard = vi.fn();
  update.subscribe(heard);
  await vi.waitFor(() => expect(heard).toHaveBeenCalled());
  expect(workers.register).toHaveBeenCalledWith("/field/sw.js", {
    scope: "/field/",
    updateViaCache: "none",
  });
  expect(update.isWaiting()).toBe(false);

  workers.registration.waiting = { postMessage: () => {} };
  workers.registration.dispatchEvent(new Event("updatefound"));
  heard.mockClear();
  workers.registration.installing.dispatchEvent(new Event("statechange"));

  expect(heard).toHaveBeenCalled();
  expect(update.isWaiting()).toBe(true);
});

test("taking the update hands over first and opens the page anew then", async () => {
  const reload = vi.spyOn(location, "reload").mockImplementation(() => {});
  const said: string[] = [];
  const update = watchUpdates();
  const heard = vi.fn();
  update.subscribe(heard);
  await vi.waitFor(() => expect(heard).toHaveBeenCalled());
  workers.registration.waiting = {
    postMessage(message) {
      said.push(message);
      expect(reload).not.toHaveBeenCalled();
      workers.dispatchEvent(new Event("controllerchange"));
    },
  };

  await update.take();

  expect(said).toEqual(["take-over"]);
  expect(reload).toHaveBeenCalledOnce();
});

test("the first worker of a page is no update, a second one is", async () => {
  workers.controller = null;
  const first = watchUpdates();
  workers.dispatchEvent(new Event("controllerchange"));
  expect(first.isWaiting()).toBe(false);

  workers.controller = {};
  const second = watchUpdates();
  workers.dispatchEvent(new Event("controllerchange"));
  expect(second.isWaiting()).toBe(true);
});

test("without workers the page works, and there is never an update", async () => {
  Object.defineProperty(navigator, "serviceWorker", { value: undefined, configurable: true });

  expect(watchUpdates().isWaiting()).toBe(false);
});
