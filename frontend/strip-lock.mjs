// A lock file holds versions and hashes; addresses of funding pages are noise in every diff.
import { readFileSync, writeFileSync } from "node:fs";

const file = new URL("package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(file, "utf8"));
for (const entry of Object.values(lock.packages)) {
  delete entry.funding;
  delete entry.resolved;
}
for (const [name, entry] of Object.entries(lock.packages)) {
  if (name.startsWith("node_modules/@bianfang/")) {
    lock.packages[name] = { resolved: name.replace("node_modules/@bianfang/", ""), link: true };
  } else {
    lock.packages[name] = entry;
  }
}
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
