/** What the server of the editor tells and is sent; the same names as src/sozialraum/web/editor_models.py, compared by a test. */

import type { Severity, SizeWord } from "./checks";
import type { Edit, EditKind } from "./edit";

export type ViewName = "workshop" | "internal";

/** An attribute of an area before and after, and of the municipality; null = unknown or too few inhabitants. */
export interface ProfileRow {
  key: string;
  title: string;
  family: string;
  before: number | null;
  after: number | null;
  town: number | null;
}

/** What a step does to one area; before or after is null where the area does not exist. likeness : "Ähnlichkeit innen", 0 to 100, 100 = all blocks alike. compactness : 1 = circle. barriers : names of rivers, railways, motorways that run through the area afterwards. */
export interface AreaEffect {
  area_id: string;
  code: string;
  name: string;
  blocks_before: number;
  blocks_after: number;
  people_before: number | null;
  people_after: number | null;
  word_before: SizeWord | null;
  word_after: SizeWord | null;
  likeness_before: number | null;
  likeness_after: number | null;
  compactness_before: number | null;
  compactness_after: number | null;
  barriers: string[];
  connected: boolean;
  rule_1000: boolean;
  profile: ProfileRow[];
}

/** One thing to say of a step. areas : codes of the areas it speaks of. */
export interface Check {
  code: string;
  severity: Severity;
  sentence: string;
  areas: string[];
}

/** Areas that would be delivered together, because the first has fewer than 1,000 inhabitants. */
export interface DeliveryGroup {
  area_id: string;
  with_id: string;
  people: number;
  sentence: string;
}

/** What a step does, for the areas it touches. hard : a rule is broken that stands in the way of adopting. */
export interface Effect {
  areas: AreaEffect[];
  checks: Check[];
  groups: DeliveryGroup[];
  hard: boolean;
  blocks_moved: number;
  persons_moved: number;
}

export interface AreaRow {
  area_id: string;
  code: string;
  name: string;
  blocks: number;
  people: number;
  word: SizeWord;
  likeness: number | null;
  compactness: number;
  connected: boolean;
  rule_1000: boolean;
}

/** A step of a draft. number : from 1. undone : taken back, can be repeated. */
export interface Step {
  number: number;
  kind: EditKind;
  sentence: string;
  why: string;
  role: string;
  case: string;
  person: string;
  when: string;
  public: boolean;
  undone: boolean;
  blocks: string[];
  areas: string[];
}

/** A draft without its state. steps : also those taken back; position : how many are applied. */
export interface DraftInfo {
  draft_id: string;
  ags: string;
  base: string;
  title: string;
  status: "in_revision" | "submitted" | "adopted" | "closed";
  position: number;
  steps: number;
  created: string;
  role: string;
  branch_of: string;
  branch_at: number;
  base_title: string;
  base_superseded: boolean;
  body: string;
  decided_on: string;
}

/** What the draft may become now; why : the sentences that stand in the way of adopting. */
export interface Allowed {
  submit: boolean;
  adopt: boolean;
  why: string[];
}

/** A draft as it stands. assignment : per block the place of its area in `areas`. locks : positions. */
export interface DraftState {
  draft: DraftInfo;
  state_id: string;
  assignment: number[];
  areas: AreaRow[];
  locks: number[];
  steps: Step[];
  used_ids: string[];
  allowed: Allowed;
}

/** What changed by a step, undo or redo. changed : position and area_id of blocks with another area. */
export interface DraftDelta {
  draft: DraftInfo;
  state_id: string;
  changed: [number, string][];
  areas: AreaRow[];
  locks: number[];
  steps: Step[];
  used_ids: string[];
  effect: Effect | null;
  allowed: Allowed;
}

/** A finding of a refusal. */
export interface Found {
  sentence: string;
  severity: string;
}

/** Both sides of a conflict: their steps since the state that was seen, those they took back, and my own step. */
export interface Conflict {
  theirs: Step[];
  taken_back: Step[];
  mine: Edit | null;
  state: DraftState;
}

/** The answer 409 when somebody else changed the draft meanwhile. */
export interface Stale {
  headline: string;
  findings: Found[];
  todo: string;
  conflict: Conflict;
}

export interface Town {
  ags: string;
  name: string;
  size_low: number;
  size_high: number;
  people: number;
  blocks: number;
}

export interface PlanInfo {
  plan_id: string;
  title: string;
  status: string;
}

export interface Attribute {
  key: string;
  title: string;
  family: string;
}

/** A map service the planner switched on. host : the computer that is contacted; the page names it. */
export interface Wms {
  address: string;
  host: string;
}

/** What a page begins with. least : fewer people are told as "fewer than", not as a number. */
export interface EditorStart {
  municipality: Town;
  drafts: DraftInfo[];
  plan: PlanInfo | null;
  roles: string[];
  reasons: string[];
  attributes: Attribute[];
  names_allowed: boolean;
  wms: Wms | null;
  least: number;
}

/** A named line: x, y, x, y, ... in units. */
export interface Line {
  name: string;
  path: number[];
}

export interface Building {
  kind: string;
  name: string;
  rings: number[][];
}

export interface Place {
  kind: string;
  name: string;
  x: number;
  y: number;
}

export interface Background {
  streets: Line[];
  rails: Line[];
  waters: Line[];
  motorways: Line[];
  buildings: Building[];
  places: Place[];
  districts: Place[];
}

/** Something found. blocks : positions of the blocks along it. */
export interface Hit {
  title: string;
  kind: string;
  x: number;
  y: number;
  blocks: number[];
}

export interface ColourClass {
  label: string;
  colour: string;
}

/** Classes of blocks. blocks : base64 of one byte per block, the place in `classes`; 255 = too few inhabitants, 254 = not delivered. values : numbers per block, in the internal view only. */
export interface Colouring {
  title: string;
  unit: string;
  classes: ColourClass[];
  blocks: string;
  values: (number | null)[] | null;
}

export interface NewDraft {
  role: string;
  base: string;
  title: string;
  branch_of: string;
  branch_at: number | null;
}

/** The state of a draft that the writer saw. */
export interface Seen {
  state_id: string;
}

export interface WithEdit extends Seen {
  edit: Edit;
  view: ViewName;
}

export interface MaybeEdit extends Seen {
  edit: Edit | null;
}

export interface StepChange extends Seen {
  public: boolean | null;
  why: string | null;
}

export interface ForArea extends Seen {
  area: string;
}

/** The proposed cut of an area. blocks : of the new part; edit : the split as a step. */
export interface BestCut {
  blocks: string[];
  sentence: string;
  people: number[];
  edit: Edit;
}

/** A step the engine proposes. gain : points of "Ähnlichkeit innen" of the municipality; people : who would move. */
export interface Suggestion {
  edit: Edit;
  gain: number;
  people: number;
  sentence: string;
}

export interface Suggestions {
  suggestions: Suggestion[];
  sentence: string;
}

export interface Disclosure {
  findings: string[];
}

export interface Submission extends Seen {
  role: string;
}

export interface Adoption extends Seen {
  body: string;
  decided_on: string;
  role: string;
}

export interface Closing extends Seen {
  role: string;
}

/** A remark pinned to a place, an area or a block. state : open, resolved. */
export interface Comment {
  comment_id: string;
  draft_id: string;
  ags: string;
  area_id: string;
  block_id: string;
  x: number | null;
  y: number | null;
  text: string;
  role: string;
  when: string;
  state: "open" | "resolved";
  public: boolean;
  answer: string;
}

export interface NewComment {
  text: string;
  role: string;
  draft_id: string;
  area_id: string;
  block_id: string;
  x: number | null;
  y: number | null;
}

export interface CommentChange {
  state: "open" | "resolved" | null;
  answer: string | null;
  public: boolean | null;
}

/** Settings of the editor in the project; null leaves one as it is. wms : address of a map service, '' = none. */
export interface EditorSettings {
  wms: string | null;
  names_allowed: boolean | null;
}
