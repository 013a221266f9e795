import type { ComponentChildren } from "preact";
import { StateIcon } from "../icons";
import { count } from "../numbers";
import {
  type AreaChoice,
  amountWord,
  balanceWord,
  changeWord,
  FAMILIES,
  type Form,
  familyWord,
  faultsOf,
  numberHint,
  type Town,
} from "../propose_wishes";
import { plural, t } from "../words";

interface Props {
  town: Town;
  present: { areas: number; adopted: boolean } | null;
  form: Form;
  /** On narrow windows the fields fold away once there are proposals. */
  closed: boolean;
  busy: boolean;
  first: boolean;
  onChange: (form: Form) => void;
  onOpen: () => void;
  onSubmit: () => void;
}

export function WishForm({ town, present, form, closed, busy, first, onChange, onOpen, onSubmit }: Props) {
  const faults = faultsOf(form, town);
  const set = (change: Partial<Form>) => onChange({ ...form, ...change });
  const submit = (event: Event) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form class={closed ? "card wishes closed" : "card wishes"} onSubmit={submit} aria-label={t("Vorgaben")}>
      <div class="row wishhead">
        <h2>{t("Vorgaben")}</h2>
        <button type="button" class="link fold" aria-expanded={!closed} onClick={onOpen}>
          {closed ? t("Vorgaben ändern") : t("Vorgaben einklappen")}
        </button>
      </div>
      <p class="small quiet">{townWords(town, present)}</p>
      <div class="fields">
        <Group title={t("Innerhalb der Gebiete soll ähnlich sein")} fault={faults.families}>
          {FAMILIES.map((family) => (
            <Slider
              key={family}
              id={`family-${family}`}
              label={familyWord(family)}
              position={form.weights[family]}
              word={amountWord(form.weights[family])}
              onMove={(position) => set({ weights: { ...form.weights, [family]: position } })}
            />
          ))}
        </Group>
        <Group title={t("Einwohner je Gebiet")}>
          <Size
            id="size-low"
            label={t("mindestens")}
            value={form.low}
            most={5000}
            step={100}
            fault={faults.low}
            onValue={(low) => set({ low })}
          />
          <Size
            id="size-usual"
            label={t("üblich")}
            value={form.usual}
            most={15000}
            step={250}
            fault={faults.usual}
            onValue={(usual) => set({ usual })}
          />
          <Size
            id="size-high"
            label={t("höchstens")}
            value={form.high}
            most={25000}
            step={500}
            fault={faults.high}
            onValue={(high) => set({ high })}
          />
          <Slider
            id="balance"
            label={t("Ähnlich große Gebiete")}
            position={form.balance}
            word={balanceWord(form.balance)}
            onMove={(balance) => set({ balance })}
          />
        </Group>
        <Areas form={form} town={town} fault={faults.areas} set={set} />
        <Group title={t("Form und Grenzen")}>
          <Slider
            id="compactness"
            label={t("Möglichst runde Gebiete")}
            position={form.compactness}
            word={amountWord(form.compactness)}
            onMove={(compactness) => set({ compactness })}
          />
          <Slider
            id="barriers"
            label={t("Grenzen an Flüssen, Bahnlinien und Autobahnen")}
            position={form.barriers}
            word={amountWord(form.barriers)}
            onMove={(barriers) => set({ barriers })}
          />
          {present && (
            <Slider
              id="change"
              label={t("Wie weit darf vom jetzigen Zuschnitt abgewichen werden?")}
              position={form.change}
              word={changeWord(form.change)}
              onMove={(change) => set({ change })}
            />
          )}
        </Group>
        <label class="check">
          <input
            type="checkbox"
            checked={form.thorough}
            onChange={(event) => set({ thorough: event.currentTarget.checked })}
          />
          {t("Gründlich suchen (dauert länger)")}
        </label>
      </div>
      <div class="wishend">
        <button type="submit" class={first ? "button main large" : "button strong large"} disabled={busy}>
          {t("Vorschläge berechnen")}
        </button>
        {busy && <p class="small quiet">{t("Es wird noch gerechnet. Danach geht es hier weiter.")}</p>}
      </div>
    </form>
  );
}

function townWords(town: Town, present: { areas: number; adopted: boolean } | null): string {
  const people = t("{name}: {people} Einwohnerinnen und Einwohner", {
    name: town.name,
    people: count(town.population),
  });
  if (!present) return people;
  const now = present.adopted
    ? plural("jetzt {count} Gebiet, beschlossen", "jetzt {count} Gebiete, beschlossen", present.areas, {
        count: present.areas,
      })
    : plural("jetzt {count} Gebiet", "jetzt {count} Gebiete", present.areas, { count: present.areas });
  return `${people}, ${now}`;
}

function Group({ title, fault, children }: { title: string; fault?: string; children: ComponentChildren }) {
  return (
    <fieldset>
      <legend>{title}</legend>
      {children}
      <Fault id="" text={fault} />
    </fieldset>
  );
}

/** What cannot work, at the field it concerns. */
function Fault({ id, text }: { id: string; text: string | undefined }) {
  return (
    <div aria-live="polite" id={id || undefined}>
      {text && (
        <p class="small fault">
          <StateIcon shape="triangle" /> <span>{text}</span>
        </p>
      )}
    </div>
  );
}

interface SliderProps {
  id: string;
  label: string;
  position: number;
  word: string;
  onMove: (position: number) => void;
}

/** Four positions, each with its word. */
function Slider({ id, label, position, word, onMove }: SliderProps) {
  return (
    <div class="slider">
      <label for={id}>{label}</label>
      <output for={id}>{word}</output>
      <input
        id={id}
        type="range"
        min="0"
        max="3"
        step="1"
        value={position}
        aria-valuetext={word}
        onInput={(event) => onMove(Number(event.currentTarget.value))}
      />
    </div>
  );
}

interface SizeProps {
  id: string;
  label: string;
  value: string;
  most: number;
  step: number;
  fault: string | undefined;
  onValue: (value: string) => void;
}

/** A number that can be typed or moved. */
function Size({ id, label, value, most, step, fault, onValue }: SizeProps) {
  return (
    <div class="size">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        min="0"
        max="1000000"
        required
        value={value}
        aria-invalid={fault ? "true" : undefined}
        aria-describedby={`${id}-fault`}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <input
        type="range"
        min="0"
        max={most}
        step={step}
        value={value}
        aria-label={t("{name}, Einwohner je Gebiet", { name: label })}
        aria-valuetext={count(Number(value))}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      <Fault id={`${id}-fault`} text={fault} />
    </div>
  );
}

interface AreasProps {
  form: Form;
  town: Town;
  fault: string | undefined;
  set: (change: Partial<Form>) => void;
}

function Areas({ form, town, fault, set }: AreasProps) {
  const choice = (value: AreaChoice, text: string) => (
    <label class="check">
      <input
        type="radio"
        name="choice"
        checked={form.choice === value}
        onChange={() => set({ choice: value })}
      />
      {text}
    </label>
  );
  const number = (name: "exact" | "from" | "to", label: string) => (
    <input
      type="number"
      min="1"
      max="999"
      required
      aria-label={label}
      aria-invalid={fault ? "true" : undefined}
      aria-describedby="areas-fault"
      value={form[name]}
      onInput={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <fieldset>
      <legend>{t("Zahl der Gebiete")}</legend>
      <div class="choices-line">
        {choice("free", t("frei"))}
        {choice("exact", t("genau"))}
        {choice("range", t("von–bis"))}
        {form.choice === "exact" && number("exact", t("Zahl der Gebiete"))}
        {form.choice === "range" && (
          <>
            {number("from", t("Zahl der Gebiete, von"))}
            <span>{t("bis")}</span>
            {number("to", t("Zahl der Gebiete, bis"))}
          </>
        )}
      </div>
      {!fault && <p class="small quiet">{numberHint(form, town)}</p>}
      <Fault id="areas-fault" text={fault} />
    </fieldset>
  );
}
