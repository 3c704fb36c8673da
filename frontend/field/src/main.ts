import type { FieldApp } from "./core/app.ts";
import { mountField } from "./ui/mount.ts";

type Opening = { readonly openFieldApp: () => Promise<FieldApp> };

const below = import.meta.glob<Opening>("./sync/field-app.ts");

void mountField(async () => {
  const opening = await below["./sync/field-app.ts"]?.();
  if (!opening) throw new Error("this build has nothing below its pages");
  return opening.openFieldApp();
});
