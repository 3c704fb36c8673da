import { mountField } from "./ui/mount.ts";

// A chunk of its own: the first page is drawn while what lies below it is still being read.
void mountField(async () => (await import("./sync/field-app.ts")).openFieldApp());
