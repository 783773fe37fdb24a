// Photos of assets that wait on this device until there is a network.
// It knows nothing about pages; a photo goes to its asset, with its place only if the person wants it told.
import { Outbox, postPhoto, type Outcome, type Waiting } from "../api/outbox.ts";

export interface WaitingPhoto extends Waiting {
  asset: string;
  photo: Blob;
  place: [number, number] | null;
}

export const photos = new Outbox<WaitingPhoto>("waiting.asset-photos", send);

async function send({ asset, photo, place }: WaitingPhoto): Promise<Outcome> {
  const handed = await postPhoto(`/api/v1/assets/${asset}`, photo, place);
  return handed === "offline" || "refused" in handed ? (handed as Outcome) : "sent";
}
