// Notes of a site visit that wait on this device until there is a network.
// It knows nothing about pages; a note goes with its photos, in the order it was written.
// Idea: the id made here lets the server take the same note twice as one.
import { Outbox, post, postPhoto, type Outcome, type Waiting } from "../api/outbox.ts";

export interface WaitingNote extends Waiting {
  proposal: string;
  body: string;
  place: [number, number] | null;
  accuracy: number | null;
  photos: Blob[];
}

export const notes = new Outbox<WaitingNote>("waiting.site-notes", send);

/** Hand a note in, its photos first. */
async function send(note: WaitingNote): Promise<Outcome> {
  const base = `/api/v1/proposals/${note.proposal}`;
  const photos: string[] = [];
  for (const photo of note.photos) {
    const handed = await postPhoto(base, photo);
    if (handed === "offline" || "refused" in handed) return handed as Outcome;
    photos.push(String(handed["id"]));
  }
  const { id, body, at: seen_at, place, accuracy: accuracy_m } = note;
  const kept = await post(`${base}/site-notes`, JSON.stringify({ id, body, seen_at, place, accuracy_m, photos }));
  return kept === "offline" || "refused" in kept ? (kept as Outcome) : "sent";
}
