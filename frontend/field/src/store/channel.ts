/** What one tab tells the others: that something was written, or that all is gone. */
export type News = "changed" | "wiped";

export interface Channel {
  tell(news: News): void;
  close(): void;
}

/** Browsers without channels look again whenever the page is shown. */
export function openChannel(name: string, heard: (news: News) => void): Channel {
  if (typeof BroadcastChannel === "undefined") return { tell: () => {}, close: () => {} };
  const channel = new BroadcastChannel(name);
  channel.addEventListener("message", ({ data }: MessageEvent<unknown>) => {
    if (data === "changed" || data === "wiped") heard(data);
  });
  return { tell: (news) => channel.postMessage(news), close: () => channel.close() };
}
