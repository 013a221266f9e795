/** Addresses: the register and its yearly update, lists, street directory, the tool for departments, protection. */

import { count } from "../numbers";
import { Empty, JobCard, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import "./addresses.css";
import { DirectoryCard, ToolCard } from "./handing_out";
import { ListCard } from "./list_card";
import { ProtectedCard } from "./protected_card";
import { ReadCard } from "./read_card";
import { RegisterCard } from "./register_card";
import { TakenCard } from "./taken";
import { type RegisterAnswer, resultOf } from "./types";
import { UpdateDesk } from "./update_desk";

export function AddressesPage() {
  const answer = useAnswer<RegisterAnswer>("addresses");
  const { job, cancel } = useStore();
  const busy = job?.state === "running";
  const taken = busy ? undefined : resultOf(job).addresses_taken;
  return (
    <div class="page two ad-page">
      <Title title={t("Adressen")}>{answer && lead(answer)}</Title>
      {busy && (
        <div class="ad-job">
          <JobCard job={job} onCancel={cancel} />
        </div>
      )}
      <div class="column">
        {!answer && <Waiting />}
        {taken && <TakenCard taken={taken} />}
        {answer && <Main answer={answer} busy={busy} />}
      </div>
      <aside>
        {answer && answer.addresses > 0 && (
          <>
            <RegisterCard answer={answer} busy={busy} />
            <DirectoryCard areas={answer.areas} />
            <ToolCard hasPlan={answer.plan !== null} />
          </>
        )}
        {answer && <ProtectedCard number={answer.protected} facilities={answer.facilities} busy={busy} />}
      </aside>
    </div>
  );
}

function lead(answer: RegisterAnswer): string {
  if (answer.addresses === 0) return t("Noch gibt es kein Adressregister.");
  const many = plural("{count} Adresse", "{count} Adressen", answer.addresses, {
    count: count(answer.addresses),
  });
  return t("Nach {many} wird zugeordnet, was mit Straße und Hausnummer geliefert wird.", { many });
}

function Main({ answer, busy }: { answer: RegisterAnswer; busy: boolean }) {
  if (answer.blocks === 0) {
    return (
      <Empty text={t("Noch keine Adressen. Lesen Sie zuerst die Bausteine ein.")}>
        <a class="button main" href="#/gebiete">
          {t("Zu den Gebieten")}
        </a>
      </Empty>
    );
  }
  const first = answer.addresses === 0;
  return (
    <>
      {answer.waiting ? (
        <UpdateDesk key={answer.waiting.title} areas={answer.areas} plan={answer.plan?.title ?? ""} />
      ) : (
        <ReadCard first={first} busy={busy} />
      )}
      {!first && <ListCard key={answer.protected} busy={busy} hasPlan={answer.plan !== null} />}
    </>
  );
}
