import process from "node:process";
import { afterEach, describe, expect, test, vi } from "vitest";
import { requireFile, requireProgram, requirePythonModule } from "./real-thing.ts";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

describe("a test that needs a real program", () => {
  test("runs where the program is, by path or by name, and says nothing", () => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect(requireProgram(process.execPath, "nodejs")).toBe(true);
    expect(requireProgram("sh", "dash")).toBe(true);
    expect(requireFile(import.meta.filename, "nodejs")).toBe(true);
    expect(said).not.toHaveBeenCalled();
  });

  test.each([
    ["a path that is not there", () => requireProgram("/no/such/program", "no-such-package")],
    ["a folder", () => requireProgram("/tmp", "no-such-package")],
    ["a file that is no program", () => requireProgram(import.meta.filename, "no-such-package")],
    ["a name that is nowhere", () => requireProgram("no-such-program", "no-such-package")],
    ["a file that is not there", () => requireFile("/no/such/file.jar", "no-such-package")],
    ["a Python module that is not there", () => requirePythonModule("no_such_module", "no-such-package")],
  ])("is skipped for %s, loudly, and fails in CI", (_name, ask) => {
    const said = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    vi.stubEnv("CI", "false");
    expect(ask()).toBe(false);
    expect(String(said.mock.calls)).toContain("SKIPPED");
    expect(String(said.mock.calls)).toContain("apt-get install no-such-package");
    vi.stubEnv("CI", "true");
    expect(ask).toThrow("With CI=true a missing program is a failure.");
  });
});
