// Where a JPEG says it was taken: the two numbers of its EXIF that a person may want to keep, and nothing else.
// It knows nothing about forms or maps.
// Idea: EXIF is a small TIFF in the first segments (CIPA DC-008); only IFD0 -> GPS -> four tags are read.
const HEAD = 128 * 1024;
const GPS_IFD = 0x8825;

/** [longitude, latitude] in degrees, null if the photo does not say. */
export async function takenAt(file: Blob): Promise<[number, number] | null> {
  try {
    return readPlace(new DataView(await file.slice(0, HEAD).arrayBuffer()));
  } catch {
    return null; // a photo whose words cannot be read is still a photo
  }
}

export function readPlace(view: DataView): [number, number] | null {
  const start = exifStart(view);
  if (start === null) return null;
  const little = view.getUint16(start) === 0x4949;
  const u16 = (at: number) => view.getUint16(start + at, little);
  const u32 = (at: number) => view.getUint32(start + at, little);
  const entries = (at: number) => new Map(Array.from({ length: u16(at) }, (_, i) => [u16(at + 2 + 12 * i), at + 2 + 12 * i + 8] as const));
  const gps = entries(u32(4)).get(GPS_IFD);
  if (gps === undefined) return null;
  const tags = entries(u32(gps));
  const degrees = (tag: number, negative: string): number | null => {
    const side = tags.get(tag - 1), at = tags.get(tag);
    if (side === undefined || at === undefined) return null;
    const part = (i: number) => u32(u32(at) + 8 * i) / u32(u32(at) + 8 * i + 4);
    const value = part(0) + part(1) / 60 + part(2) / 3600;
    return String.fromCharCode(view.getUint8(start + side)) === negative ? -value : value;
  };
  const lat = degrees(2, "S"), lon = degrees(4, "W");
  if (lat === null || lon === null || !(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180) || (lat === 0 && lon === 0)) return null;
  return [Number(lon.toFixed(6)), Number(lat.toFixed(6))];
}

function exifStart(view: DataView): number | null {
  if (view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 10 < view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint16(at) === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return at + 10;
  }
  return null;
}
