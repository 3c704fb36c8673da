/** Whether a newer version of the page waits, and how it is taken. */
export interface Update {
  isWaiting(): boolean;
  subscribe(listener: () => void): void;
  /** Lets the waiting version take over and opens the page again. */
  take(): Promise<void>;
}

const WORKER = "/field/sw.js";
const SCOPE = "/field/";

/** Registers the worker; where there are none, the page works but does not start offline. */
export function watchUpdates(): Update {
  const listeners: (() => void)[] = [];
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  const workers: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  let registration: ServiceWorkerRegistration | null = null;
  let isReplaced = false;
  const isControlled = Boolean(workers?.controller);

  async function register(): Promise<void> {
    const options = { scope: SCOPE, updateViaCache: "none" } as const;
    registration = (await workers?.register(WORKER, options).catch(() => null)) ?? null;
    registration?.addEventListener("updatefound", () => {
      registration?.installing?.addEventListener("statechange", tell);
    });
    tell();
  }

  workers?.addEventListener("controllerchange", () => {
    // The first worker of all takes a page over that is already its own version.
    isReplaced = isControlled;
    tell();
  });
  void register();

  return {
    isWaiting: () => isReplaced || Boolean(isControlled && registration?.waiting),
    subscribe: (listener) => void listeners.push(listener),
    async take() {
      const waiting = registration?.waiting;
      if (waiting && workers) {
        await new Promise<void>((done) => {
          workers.addEventListener("controllerchange", () => done(), { once: true });
          waiting.postMessage("take-over");
        });
      }
      location.reload();
    },
  };
}
