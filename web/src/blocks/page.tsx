/** Blocks, the smallest pieces of the map: build them, check them, see their versions. */

import { useLayoutEffect, useState } from "preact/hooks";
import { StateIcon } from "../icons";
import { count } from "../numbers";
import { JobCard, Title, Waiting } from "../parts";
import { useAnswer, useStore } from "../store";
import { plural, t } from "../words";
import { useEnded } from "./begun";
import { Build } from "./build";
import { Check } from "./check";
import type { GroundAnswer, KeptBlocks } from "./types";
import { Versions } from "./versions";
import "./blocks.css";

export function BlocksPage() {
  const answer = useAnswer<GroundAnswer>("ground");
  const part = usePart();
  const { job, cancel } = useStore();
  return (
    <div class="page narrow blk-page">
      <Title title={t("Bausteine")}>
        {t("Bausteine sind die kleinsten Flächen der Karte. Aus ihnen bestehen alle Gebiete.")}
      </Title>
      <Parts part={part} />
      <div class="blk-state">
        {answer && <Kept blocks={answer.blocks} />}
        <Ended />
      </div>
      {job?.state === "running" && <JobCard job={job} onCancel={cancel} />}
      {!answer && <Waiting />}
      {answer && part === "bilden" && <Build answer={answer} />}
      {answer && part === "pruefen" && <Check answer={answer} />}
      {answer && part === "staende" && <Versions />}
    </div>
  );
}

/** The part named in the address behind the question mark. */
function usePart(): string {
  const [hash, setHash] = useState(location.hash);
  useLayoutEffect(() => {
    const change = () => setHash(location.hash);
    addEventListener("hashchange", change);
    return () => removeEventListener("hashchange", change);
  }, []);
  const part = new URLSearchParams(hash.split("?")[1] ?? "").get("teil");
  return part === "pruefen" || part === "staende" ? part : "bilden";
}

function Parts({ part }: { part: string }) {
  const parts: [string, string][] = [
    ["bilden", t("Bausteine bilden")],
    ["pruefen", t("Bausteine prüfen")],
    ["staende", t("Stände")],
  ];
  return (
    <nav class="blk-tabs" aria-label={t("Teile dieser Seite")}>
      {parts.map(([key, title]) => (
        <a key={key} href={`#/bausteine?teil=${key}`} aria-current={key === part ? "page" : undefined}>
          {title}
        </a>
      ))}
      <a class="blk-back" href="#/gebiete">
        {t("Zu den Gebieten")}
      </a>
    </nav>
  );
}

function Kept({ blocks }: { blocks: KeptBlocks | null }) {
  if (!blocks) return <p class="quiet">{t("Dieses Projekt hat noch keine Bausteine.")}</p>;
  const facts = [
    plural("{count} Baustein", "{count} Bausteine", blocks.count, { count: count(blocks.count) }),
    plural("{count} Gemeinde", "{count} Gemeinden", blocks.municipalities, {
      count: count(blocks.municipalities),
    }),
    plural("{count} Einwohner/-in", "{count} Einwohner/-innen", blocks.people, {
      count: count(blocks.people),
    }),
    t("Stand {version}", { version: blocks.version }),
  ];
  return (
    <p>
      <b>{t("Im Projekt:")}</b> {facts.join(" · ")}
    </p>
  );
}

/** What the work begun here came to. */
function Ended() {
  const said = useEnded();
  return (
    <div role="status">
      {said.length > 0 && (
        <div class="card pad blk-ended">
          {said.map((sentence) => (
            <p key={sentence}>
              <StateIcon shape="tick" /> {sentence}
            </p>
          ))}
        </div>
      )}
    </div>
  );
}
