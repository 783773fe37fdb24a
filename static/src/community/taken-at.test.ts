// Tests of reading where a photo was taken.
// They know nothing about forms.
// Idea: an EXIF block written byte by byte as a camera does, in both byte orders.
import assert from "node:assert/strict";
import test from "node:test";
import { readPlace, takenAt } from "./taken-at.ts";

/** A JPEG head whose EXIF says 7° 14' 56.4" S, 112° 45' 3" E. */
function head(little: boolean, lat = [7, 14, 56.4], lon = [112, 45, 3]): DataView {
  const bytes = new Uint8Array(220), view = new DataView(bytes.buffer);
  view.setUint32(0, 0xffd8ffe1);
  view.setUint16(4, 210);
  bytes.set([0x45, 0x78, 0x69, 0x66, 0, 0], 6);
  const base = 12, u16 = (at: number, value: number) => view.setUint16(base + at, value, little);
  const u32 = (at: number, value: number) => view.setUint32(base + at, value, little);
  view.setUint16(base, little ? 0x4949 : 0x4d4d);
  u16(2, 42); u32(4, 8);
  u16(8, 1); u16(10, 0x8825); u16(12, 4); u32(14, 1); u32(18, 26);
  u16(26, 4);
  const entry = (i: number, tag: number, type: number, count: number) => { const at = 28 + 12 * i; u16(at, tag); u16(at + 2, type); u32(at + 4, count); return at + 8; };
  view.setUint8(base + entry(0, 1, 2, 2), "S".charCodeAt(0));
  u32(entry(1, 2, 5, 3), 90);
  view.setUint8(base + entry(2, 3, 2, 2), "E".charCodeAt(0));
  u32(entry(3, 4, 5, 3), 130);
  for (const [at, parts] of [[90, lat], [130, lon]] as const)
    parts.forEach((part, i) => { u32(at + 8 * i, Math.round(part * 10)); u32(at + 8 * i + 4, 10); });
  return view;
}

test("a place is read in both byte orders", () => {
  for (const little of [true, false]) assert.deepEqual(readPlace(head(little)), [112.750833, -7.249]);
});

test("nonsense and silence give no place", async () => {
  assert.equal(readPlace(head(true, [0, 0, 0], [0, 0, 0])), null);
  assert.equal(readPlace(head(true, [97, 0, 0])), null);
  assert.equal(await takenAt(new Blob(["<svg/>"])), null);
  assert.equal(await takenAt(new Blob([])), null);
  assert.equal(await takenAt(new Blob([new Uint8Array(head(true).buffer).slice(0, 60)])), null);
});
