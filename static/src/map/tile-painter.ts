// The page's side of the worker that decodes tiles and draws squares: asks, and hands on what comes back.
// It knows nothing about how either is done.
// Idea: a tile that nobody here holds any more is forgotten there too.
import file from "worker:./tile-worker.ts";
import type { Tally } from "./count.ts";
import type { LayerName } from "./layers.ts";
import type { Order } from "./square.ts";
import { Tile, type PackedTile } from "./tile.ts";

export type Message = { ask: number; bytes: ArrayBuffer; layer: LayerName } | { ask: number; order: Order } | { ask: number; tally: Tally } | { gone: number };
export type Reply = { ask: number; packed: PackedTile } | { ask: number; picture: ImageBitmap } | { ask: number; counted: number } | { ask: number; failed: string };
type Distributed<M> = M extends { ask: number } ? Omit<M, "ask"> : never;

interface Waiting { done: (reply: Reply) => void; failed: (error: Error) => void }

export class TilePainter {
  private worker: Worker | null = null;
  private asked = 0;
  private readonly waiting = new Map<number, Waiting>();
  private readonly held = new FinalizationRegistry<number>((gone) => this.worker?.postMessage({ gone } satisfies Message));

  async decode(bytes: ArrayBuffer, layer: LayerName): Promise<Tile> {
    const { ask, packed } = (await this.ask({ bytes, layer }, [bytes])) as Extract<Reply, { packed: PackedTile }>;
    const tile = new Tile(ask, packed);
    this.held.register(tile, ask);
    return tile;
  }

  async paint(order: Order): Promise<ImageBitmap> {
    return ((await this.ask({ order })) as Extract<Reply, { picture: ImageBitmap }>).picture;
  }

  async count(tally: Tally): Promise<number> {
    return ((await this.ask({ tally })) as Extract<Reply, { counted: number }>).counted;
  }

  private ask(what: Distributed<Message>, transfer: Transferable[] = []): Promise<Reply> {
    const ask = ++this.asked;
    this.worker ??= this.start();
    this.worker.postMessage({ ask, ...what }, transfer);
    return new Promise((done, failed) => this.waiting.set(ask, { done, failed }));
  }

  private start(): Worker {
    const worker = new Worker(new URL(file, import.meta.url));
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      const asker = this.waiting.get(data.ask)!;
      this.waiting.delete(data.ask);
      if ("failed" in data) asker.failed(new Error(data.failed));
      else asker.done(data);
    });
    // Its file did not come: who waits is told, who asks next tries again.
    worker.addEventListener("error", () => {
      this.worker = null;
      for (const asker of this.waiting.values()) asker.failed(new Error(file));
      this.waiting.clear();
    });
    return worker;
  }
}
