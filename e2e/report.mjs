// Counts what held and what did not; the last line of a run is `N passed, N failed`.
const failures = [];
let passed = 0;

/** One thing that must hold. `problem` is empty, or says what is wrong. */
export function check(where, what, problem) {
  if (!problem) {
    passed += 1;
    return true;
  }
  const line = `${where}: ${what}: ${problem}`;
  if (!failures.includes(line)) {
    failures.push(line);
    console.log(`FAIL ${line}`);
  }
  return false;
}

/** Runs a part; an exception inside is a failure of that part, and the others go on. */
export async function part(name, run) {
  const started = Date.now();
  try {
    await run();
  } catch (error) {
    check(name, "went through", String(error?.message ?? error).split("\n").slice(0, 4).join(" | "));
  }
  console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${name}`);
}

export function summary() {
  if (failures.length) console.log(`\n${failures.length} things do not hold:\n${failures.map((line) => `  ${line}`).join("\n")}`);
  console.log(`${passed} passed, ${failures.length} failed`);
  return failures.length === 0;
}
