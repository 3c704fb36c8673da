const KEPT_FOR = 60_000;

/** Hands a file to the browser, to be kept where the person wants. */
export function saveAs(content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = `bianfang-${new Date().toISOString().slice(0, 10)}.bfx`;
  document.body.append(link);
  link.click();
  link.remove();
  window.setTimeout(() => URL.revokeObjectURL(link.href), KEPT_FOR);
}
