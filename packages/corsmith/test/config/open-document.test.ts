import { describe, expect, test } from "vitest";
import { configFileNames, findConfigFiles } from "../../src/config/open-document.ts";
import { ConfigFolder } from "./support/config-folder.ts";

describe("a configuration file is found", () => {
  test.each(configFileNames)("in the folder itself: %s", (name) => {
    using folder = new ConfigFolder({ [name]: "{}" });
    expect(findConfigFiles(folder.path)).toEqual([folder.file(name)]);
  });

  test("in a folder above", () => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": "", "apps/api/main.py": "" });
    expect(findConfigFiles(folder.file("apps/api"))).toEqual([folder.file("corsmith.config.yaml")]);
  });

  test("in the nearest folder that has one", () => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": "", "apps/corsmith.config.json": "" });
    expect(findConfigFiles(folder.file("apps"))).toEqual([folder.file("apps/corsmith.config.json")]);
  });

  test("not above the root of the repository", () => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": "", "vendor/.git/HEAD": "", "vendor/src/x": "" });
    expect(findConfigFiles(folder.file("vendor/src"))).toEqual([]);
  });

  test("all of them where a folder has several", () => {
    using folder = new ConfigFolder({ "corsmith.config.yaml": "", "corsmith.config.json": "{}" });
    expect(findConfigFiles(folder.path)).toHaveLength(2);
  });
});
