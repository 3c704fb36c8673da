/** The sentences that lie below the pages; the pages have their own. */

export type Language = "zh" | "en";

const WORDS = {
  not_secure: {
    zh: "这个地址不能加密保存资料（需要 https）。请改用普通走访登记表。",
    en: "This address cannot keep data encrypted (https is needed). Use the plain form for visits.",
  },
  no_storage: {
    zh: "这个浏览器不能保存资料（可能开了无痕浏览）。请改用普通走访登记表。",
    en: "This browser keeps no data (perhaps a private window). Use the plain form for visits.",
  },
  bad_pin: { zh: "密码是六位数字。", en: "The PIN has six digits." },
  weak_pin: {
    zh: "这样的密码太好猜，请换一个。",
    en: "This PIN is too easy to guess. Choose another one.",
  },
  has_pin: { zh: "这部手机已设密码。", en: "This phone has a PIN already." },
  locked: { zh: "已锁定，请输入密码。", en: "Locked. Enter the PIN." },
  wiped: { zh: "这部手机上的资料已清空。", en: "The data on this phone was wiped." },
  stale: {
    zh: "页面已更新，请重新打开本页；已存的内容不受影响。",
    en: "The page was updated. Open it again; what was saved is safe.",
  },
  full: {
    zh: "手机存储已满，刚才的内容没有存上。请腾出空间再试。",
    en: "The phone is full and the last change was not saved. Free some space and try again.",
  },
  not_written: {
    zh: "刚才的内容没有存上，请再试一次。",
    en: "The last change was not saved. Try again.",
  },
  changed_elsewhere: {
    zh: "这条记录刚在别处改过，请看清后再改。",
    en: "This record was just changed elsewhere. Look at it before changing it.",
  },
  not_now: {
    zh: "这条记录现在不能这样改。",
    en: "This record cannot be changed like this now.",
  },
  no_person: {
    zh: "请先联网登录一次。",
    en: "Sign in once with a connection first.",
  },
  other_person: {
    zh: "这部手机存有另一人的资料，只有本人登录后才能送出。",
    en: "This phone holds another person's data. Only that person can send it.",
  },
  sign_in: { zh: "请重新登录。", en: "Sign in again." },
  no_connection: {
    zh: "连不上服务器，稍后自动再试。",
    en: "The server cannot be reached; it is tried again later.",
  },
  not_understood: {
    zh: "看不懂服务器的回答，请更新本页后再试；记录都在手机里。",
    en: "The server's answer cannot be read. Update this page; the records are kept.",
  },
  refused: { zh: "服务器没有接受。", en: "The server did not accept it." },
  too_large: {
    zh: "有一条内容太大，服务器收不下，已留在手机里。",
    en: "One item is too large for the server; it stays on the phone.",
  },
  different: {
    zh: "服务器上同一编号的记录内容不同。请核对，要再送请改为新记录。",
    en: "The server has another content under this number. Compare; to send it, make it a new record.",
  },
  bad_picture: { zh: "读不出这张照片。", en: "This picture cannot be read." },
  bad_password: {
    zh: "文件密码至少八位。",
    en: "The password of the file needs eight characters.",
  },
  wrong_password: {
    zh: "密码不对，或文件已损坏。",
    en: "The password is wrong, or the file is damaged.",
  },
  bad_file: {
    zh: "这不是遍访导出的文件，或版本不符。",
    en: "This file was not exported here, or by another version.",
  },
} as const satisfies Record<string, Record<Language, string>>;

export type Trouble = keyof typeof WORDS;

let spoken: () => Language = () => "zh";

/** Which language the sentences are in; asked for each of them, since it may change. */
export function speak(language: () => Language): void {
  spoken = language;
}

export function say(trouble: Trouble): string {
  return WORDS[trouble][spoken()];
}

/** Something that a person has to know: the message can be shown as it is. */
export class FieldError extends Error {
  readonly trouble: Trouble;

  constructor(trouble: Trouble, message: string = say(trouble)) {
    super(message);
    this.name = "FieldError";
    this.trouble = trouble;
  }
}
