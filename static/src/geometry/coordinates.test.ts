// Tests of reading coordinates.
// They know nothing about the search box or drawing.
// Idea: Monas in Jakarta in every notation people paste; what cannot be there is refused with its reason.
import assert from "node:assert/strict";
import test from "node:test";
import { distance, fromUtm, utm } from "./geodesy.ts";
import { looksLikePlace, readPlace } from "./coordinates.ts";

const MONAS = [106.827153, -6.175392] as const;
const off = (text: string): number => {
  const read = readPlace(text);
  return "place" in read ? distance(read.place, MONAS) : NaN;
};
const fault = (text: string) => {
  const read = readPlace(text);
  return "fault" in read ? read.fault : "none";
};

test("decimal degrees in either order, with point or comma", () => {
  for (const text of ["-6.175392, 106.827153", "106.827153, -6.175392", "-6,175392 106,827153", "-6,175392, 106,827153", "−6.175392;106.827153",
    "(-6.175392,106.827153)", "6.175392 S 106.827153 E", "6,175392° LS, 106,827153° BT", "106.827153 T 6.175392 S", "S 6.175392 E 106.827153"]) assert.ok(off(text) < 0.01, text);
  assert.equal((readPlace("106.8, -6.1") as { swapped: boolean }).swapped, true);
});

test("degrees, minutes and seconds, as the status line writes them, too", () => {
  for (const text of ["6°10′31,4″ S 106°49′37,8″ T", "6°10'31.4\"S 106°49'37.8\"E", "6° 10' 31.4\" LS; 106° 49' 37.8\" BT", "S6°10'31.4\" E106°49'37.8\"", "6°10.5235'S 106°49.6292'E"]) {
    assert.ok(off(text) < 2, `${text}: ${off(text)}`);
  }
});

test("UTM with zone and letter", () => {
  for (const text of ["48S 702178 9317060", "48 M 702178.12 9317060.29", "UTM 48S 702.178 E 9.317.060 N", "UTM 48S 702,178 E 9,317,060 N", "48S 9317060 702178", "zona 48S 702178,12 9317060,29"]) {
    assert.ok(off(text) < 1, `${text}: ${off(text)}`);
  }
});

test("UTM without a zone lies in that of the place it is about", () => {
  const near = (text: string) => readPlace(text, [106.8, -6.2]);
  for (const text of ["702178 9317060", "702.178 E, 9.317.060 N", "9317060 702178", "UTM 702178,12 9317060,29"]) {
    const read = near(text);
    assert.ok("place" in read && distance(read.place, MONAS) < 1, text);
  }
  assert.notEqual(fault("702178 9317060"), "none");
  // Degrees with three decimals stay degrees.
  const read = near("-6.175 106.827");
  assert.ok("place" in read && distance(read.place, MONAS) < 100);
  assert.ok("fault" in near("702178 12345678"));
});

test("UTM goes there and back below a millimetre", () => {
  for (const [lng, lat] of [[106.827153, -6.175392], [95.3, 5.55], [140.9, -8.4], [107.999, 0.001]] as const) assert.ok(distance(fromUtm(utm(lng, lat)), [lng, lat]) < 0.001, `${lng} ${lat}`);
});

test("what is wrong is named", () => {
  assert.equal(fault("Gang Soka"), "format");
  assert.equal(fault("-6.17"), "format");
  assert.equal(fault("6°75'00\"S 106°49'00\"E"), "minutes");
  assert.equal(fault("6.1 S 106.8 S"), "pair");
  assert.equal(fault("702178 9317060"), "outside");
  assert.equal(fault("38S 702178 9317060"), "zone");
  assert.equal(fault("48 702178 9317060"), "zone");
  assert.equal(fault("52.5, 13.4"), "outside");
  assert.equal(fault("-106.8, 6.1"), "outside");
});

test("names and house numbers are no coordinates", () => {
  assert.deepEqual(["RW 13", "RT 02/RW 13", "Gang Soka 2, RT 3", "drainase"].map(looksLikePlace), [false, false, false, false]);
  assert.deepEqual(["-6.1, 106.8", "48S 702178 9317060", "6°10′31″ S 106°49′38″ T", "52.5 13.4"].map(looksLikePlace), [true, true, true, true]);
});
