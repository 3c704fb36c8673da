/** What the server sends and takes, as `docs/how-to/field-api.md` says; times are ISO 8601. */

export interface Start {
  readonly time: string;
  readonly person: { readonly id: string; readonly name: string; readonly username: string };
  readonly town: { readonly id: string; readonly name: string; readonly service_phone: string };
  readonly may_edit_register: boolean;
  readonly round: Round | null;
  readonly hamlets: readonly Hamlet[];
  readonly visitors: readonly Visitor[];
  readonly topics: readonly Topic[];
  readonly leaflets: readonly Leaflet[];
  readonly categories: readonly Category[];
  readonly campaigns: readonly Campaign[];
  readonly form: ChecklistForm | null;
}

export interface Round {
  readonly id: string;
  readonly name: string;
  readonly number: number;
  readonly starts_on: string;
  readonly due_on: string;
}

export interface Hamlet {
  readonly id: string;
  readonly name: string;
  readonly village: string;
  readonly community: string;
  readonly households: number;
  readonly left: number;
  readonly is_mine: boolean;
}

export interface Visitor {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
}

export interface Topic {
  readonly id: string;
  readonly kind: "ask" | "explain" | "campaign";
  readonly text: string;
  readonly hint: string;
}

export interface Leaflet {
  readonly id: string;
  readonly topic: string;
  readonly title: string;
  readonly body: string;
  readonly source: string;
}

export interface Category {
  readonly id: string;
  readonly code: string;
  readonly theme: string;
  readonly name: string;
  readonly name_en: string;
  readonly words: readonly string[];
}

export interface Campaign {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  readonly hamlets: readonly string[];
  readonly fields: readonly CampaignField[];
  readonly spot_word: string;
  readonly spots: readonly Spot[];
}

export interface CampaignField {
  readonly key: string;
  readonly label: string;
  readonly label_en: string;
  readonly kind: "choice" | "text" | "day" | "whole" | "decimal";
  readonly required: boolean;
  readonly places: number;
  readonly unit: string;
  readonly choices: readonly {
    readonly value: string;
    readonly label: string;
    readonly label_en: string;
    readonly urgent: boolean;
  }[];
}

export interface Spot {
  readonly id: string;
  readonly number: string;
  readonly place: string;
  readonly hamlet_id: string;
}

/** The questions of the round's checklist; `definition` is read by `core/checklist`. */
export interface ChecklistForm {
  readonly checklist_id: string;
  readonly name: string;
  readonly version: number;
  readonly definition: unknown;
}

export interface Bundle {
  readonly hamlet_id: string;
  readonly as_of: string;
  readonly households: readonly Household[];
  readonly gone: readonly string[];
  readonly marks: Readonly<Record<string, string>>;
}

export type LivingStatus = string;

export interface Household {
  readonly id: string;
  readonly mark: string;
  readonly number: string;
  readonly door: string;
  readonly head: string;
  readonly pinyin: string;
  readonly initials: string;
  readonly status: LivingStatus;
  readonly status_reason: string;
  readonly contact_time: string;
  readonly priority: string;
  readonly note: string;
  readonly members: readonly Member[];
  readonly target: Target | null;
  readonly visits: readonly PastVisit[];
  readonly demands: readonly KnownDemand[];
}

export interface Member {
  readonly id: string;
  readonly name: string;
  readonly relation: string;
  readonly is_child: boolean;
  readonly is_away: boolean;
  readonly away_place: string;
  readonly has_phone: boolean;
}

export interface Target {
  readonly outcome: "open" | "met" | "declined" | "moved" | "left";
  readonly attempts: number;
  readonly last_try_at: string | null;
}

export interface PastVisit {
  readonly id: string;
  readonly at: string;
  readonly mode: string;
  readonly outcome: string;
  readonly visitors: string;
  readonly topics: string;
  readonly note: string;
}

export interface KnownDemand {
  readonly id: string;
  readonly number: string;
  readonly content: string;
  readonly category_id: string;
  readonly state: string;
  readonly state_name: string;
  readonly is_open: boolean;
  readonly due_on: string | null;
  readonly said_on: string;
}

export type Mode = "day" | "evening" | "phone";
export type VisitOutcome = "met" | "declined" | "moved" | "closed_door" | "not_reached";

export interface VisitBody {
  readonly visit_id: string;
  readonly household_id: string;
  readonly mode: Mode;
  readonly outcome: VisitOutcome;
  readonly happened_at: string;
  readonly visitor_ids: readonly string[];
  readonly topic_ids: readonly string[];
  readonly respondent_relation: string;
  readonly village_facts: string;
  readonly note: string;
  readonly demands: readonly DemandBody[];
  readonly findings: readonly FindingBody[];
  readonly answers: AnswersBody | null;
  readonly changes: ChangesBody | null;
}

export interface DemandBody {
  readonly content: string;
  readonly category_id: string;
  readonly kind: "request" | "problem" | "suggestion";
  readonly urgent: boolean;
  readonly resident_id: string | null;
  /** What the visitor thinks right: settled now, within a deadline, at a meeting, or not said. */
  readonly route: "onsite" | "timed" | "meeting" | "";
  readonly outcome: "solved" | "explained";
  readonly result: string;
  readonly reply: string;
  readonly reply_mode: string;
  readonly satisfaction: string;
}

export interface FindingBody {
  readonly campaign_id: string;
  readonly version: number;
  readonly spot_id: string | null;
  readonly answers: Readonly<Record<string, string>>;
}

export interface AnswersBody {
  readonly checklist_id: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface ChangesBody {
  readonly living_status: {
    readonly from: string;
    readonly to: string;
    readonly reason: string;
  } | null;
  readonly contact_time: { readonly from: string; readonly to: string } | null;
  readonly door: { readonly from: string; readonly to: string } | null;
  readonly phone: { readonly resident_id: string | null; readonly to: string } | null;
}

export interface Command {
  readonly id: string;
  readonly kind: "visit.record";
  readonly made_at: string;
  readonly body: VisitBody;
}

export interface Batch {
  readonly phone_id: string;
  readonly person_id: string;
  readonly last_accepted: string | null;
  readonly commands: readonly Command[];
}

export interface Accepted {
  readonly id: string;
  readonly state: "accepted";
  readonly receipt: string;
  readonly visit_id: string;
  readonly demands: readonly { readonly id: string; readonly number: string }[];
  readonly held: readonly {
    readonly field: string;
    readonly sent: string;
    readonly now: string;
    readonly words: string;
  }[];
}

export type Answer =
  | Accepted
  | {
      readonly id: string;
      readonly state: "rejected";
      readonly errors: Readonly<Record<string, string>>;
    }
  | { readonly id: string; readonly state: "different" }
  | { readonly id: string; readonly state: "later"; readonly message: string };

export interface Answers {
  readonly time: string;
  readonly is_last_known: boolean;
  readonly answers: readonly Answer[];
}
