// What runs beside the page: tiles are decoded and squares of the map drawn here, so that neither holds up a hand on the map.
// It knows nothing about the page; what it is told stands in tile-painter.ts.
// Idea: tiles stay here once decoded, so that an order to draw names them by number.
import { count } from "./count.ts";
import type { Message, Reply } from "./tile-painter.ts";
import { paintSquare } from "./paint-square.ts";
import { decodeTile } from "./tile-decode.ts";
import { Tile } from "./tile.ts";

const tiles = new Map<number, Tile>();

function reply(answer: Reply, transfer: Transferable[] = []): void {
  self.postMessage(answer, { transfer });
}

self.addEventListener("message", ({ data }: MessageEvent<Message>) => {
  if ("gone" in data) return void tiles.delete(data.gone);
  const { ask } = data;
  try {
    if ("order" in data) {
      const picture = paintSquare(data.order, (id) => tiles.get(id));
      return reply({ ask, picture }, [picture]);
    }
    if ("tally" in data) return reply({ ask, counted: count(data.tally, (id) => tiles.get(id)) });
    const packed = decodeTile(data.bytes, data.layer);
    tiles.set(ask, new Tile(ask, packed));
    reply({ ask, packed });
  } catch (error) {
    reply({ ask, failed: String(error) });
  }
});
