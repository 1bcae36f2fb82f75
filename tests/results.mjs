// What a suite found, from its trx file or from vitest's JSON: `count FILE` prints "passed failed skipped"; `say FILE` prints what
// failed, by name and with its message, how many tests were skipped for which reason, and where the time went.
import { readFileSync } from "node:fs";

const [, , verb, file] = process.argv;

const plain = (xml) =>
  xml
    .replace(/&#x[aAdD];/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .trim();

/** The class of each test of a trx file, by the test's id. */
const classesOf = (trx) => new Map([...trx.matchAll(/<UnitTest [^>]*?id="([^"]+)"[\s\S]*?<TestMethod [^>]*?className="([^"]+)"/g)].map((m) => [m[1], m[2]]));

/** The classes that took longest, with their seconds. */
function longest(trx, most) {
  const [classes, took] = [classesOf(trx), new Map()];
  for (const [head] of trx.matchAll(/<UnitTestResult [^>]*>/g)) {
    const name = classes.get(head.match(/testId="([^"]*)"/)?.[1])?.replace(/^.*?([^.(]+)(\(.*)?$/, "$1");
    const [, hours, minutes, seconds] = head.match(/duration="(\d+):(\d+):([\d.]+)"/) ?? [0, 0, 0, 0];
    took.set(name, (took.get(name) ?? 0) + 3600 * hours + 60 * minutes + 1 * seconds);
  }

  return [...took].sort((a, b) => b[1] - a[1]).slice(0, most);
}

/** A trx file's results with an outcome, each with its test's class. */
function results(trx, outcome) {
  const classes = classesOf(trx);
  return [...trx.matchAll(/<UnitTestResult ([^>]*[^/])>([\s\S]*?)<\/UnitTestResult>/g)]
    .filter(([, head]) => head.includes(`outcome="${outcome}"`))
    .map(([, head, body]) => {
      const of = (key) => head.match(new RegExp(`${key}="([^"]*)"`))?.[1] ?? "";
      return { name: plain(`${classes.get(of("testId"))} ${of("testName")}`), message: plain(body.match(/<Message>([\s\S]*?)<\/Message>/)?.[1] ?? "") };
    });
}

function read(text) {
  if (file.endsWith(".trx")) {
    const c = Object.fromEntries([...text.match(/<Counters [^>]*>/)[0].matchAll(/(\w+)="(\d+)"/g)].map((m) => [m[1], +m[2]]));
    return {
      counts: [c.passed, c.failed + c.error + c.timeout + c.aborted, c.total - c.executed],
      failed: results(text, "Failed"),
      skipped: results(text, "NotExecuted"),
      longest: longest(text, 12),
    };
  }

  const r = JSON.parse(text);
  return {
    counts: [r.numPassedTests, r.numFailedTests + (r.success || r.numFailedTests ? 0 : 1), r.numPendingTests + (r.numTodoTests || 0)],
    failed: r.testResults
      .flatMap((s) => s.assertionResults)
      .filter((t) => t.status === "failed")
      .map((t) => ({ name: t.fullName, message: t.failureMessages.join("\n") })),
    skipped: [],
  };
}

let found;
try {
  found = read(readFileSync(file, "utf8"));
} catch (e) {
  // A suite that left no result failed, whatever else there is.
  found = { counts: [0, 1, 0], failed: [{ name: "no result", message: e.message }], skipped: [] };
}

if (verb === "count") {
  console.log(found.counts.join(" "));
} else {
  for (const { name, message } of found.failed) {
    console.log(`FAILED ${name}: ${message.split("\n").slice(0, 12).join("\n       ")}`);
  }

  const reasons = new Map();
  for (const { message } of found.skipped) {
    reasons.set(message, (reasons.get(message) ?? 0) + 1);
  }

  for (const [reason, times] of reasons) {
    console.log(`skipped ${times}: ${reason || "no reason given"}`);
  }

  if (found.longest?.length > 1) {
    console.log(`longest: ${found.longest.map(([name, seconds]) => `${name} ${seconds.toFixed(0)} s`).join(", ")}`);
  }
}
