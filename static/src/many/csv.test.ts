import assert from "node:assert/strict";
import test from "node:test";
import { csvOf } from "./csv.ts";

test("commas, quotes and lines are quoted, and Excel reads it as UTF-8", () => {
  assert.equal(csvOf([["a,b", 'say "x"'], ["1\n2", "é"]]), '\ufeff"a,b","say ""x"""\r\n"1\n2",é\r\n');
});

test("what a spreadsheet would compute is a text, a negative number stays a number", () => {
  for (const text of ["=1+1", "+1", "@SUM(A1)", "-1+2", "\t=1", "\r=1"]) assert.match(csvOf([[text]]), /^\ufeff"?'/);
  assert.equal(csvOf([["-12.5"]]), "\ufeff-12.5\r\n");
});
