// Orca, a real screen reader, headless: with a real Chromium on a screen that nobody sees.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const missing = ["orca", "Xvfb", "openbox", "xdotool", "dbus-run-session"].filter(
  (program) => spawnSync("sh", ["-c", `command -v ${program}`]).status !== 0,
);
/** Why nothing is heard; false where it is. */
export const skip = missing.length
  ? `\n\n  !!! NOT TESTED: what a screen reader says. Missing: ${missing.join(", ")}.\n  !!! apt-get install -y orca xvfb openbox at-spi2-core dbus-x11 xdotool\n\n`
  : false;
if (skip) process.stderr.write(skip);

/** What Orca says while `steps` are taken, by the marks in them. */
export function listen(address, steps) {
  const folder = mkdtempSync(join(tmpdir(), "wendu-orca-"));
  const [out, file] = [join(folder, "spoken"), join(folder, "steps.sh")];
  writeFileSync(file, steps);
  const script = fileURLToPath(new URL("screen_reader.sh", import.meta.url));
  try {
    execFileSync(script, [address, out, file], { stdio: "ignore", timeout: 240_000 });
    const heard = { before: [] };
    let part = heard.before;
    for (const line of readFileSync(out, "utf8").split("\n")) {
      if (line.startsWith("== ")) heard[line.slice(3)] = part = [];
      else if (line) part.push(line);
    }
    return heard;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
