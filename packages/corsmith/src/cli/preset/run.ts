import { nearestName, type Preset, type PresetName, presets } from "@corsmith/cors";
import { Document, type Scalar, type YAMLMap } from "yaml";
import { type ConfigFinding, configError } from "../../config/config-finding.ts";
import { exitCode } from "../../terminal/exit-code.ts";
import { refuse } from "../../terminal/findings.ts";
import type { Output, Terminal } from "../../terminal/terminal.ts";
import { wrapText } from "../../terminal/wrap-text.ts";

/** What stands where a preset needs an origin that only its user knows. */
const exampleOrigin = "https://app.example.com";

/** `corsmith preset [NAME]`: lists the presets, or prints one as an ordinary policy, with its trade-offs. */
export function runPreset(name: string | undefined, { json }: { readonly json: boolean }, terminal: Terminal): number {
  if (name === undefined) {
    terminal.out.write(json ? toJson({ presets: Object.values(presets).map(describe) }) : listing(terminal.out));
    return exitCode.done;
  }
  if (!Object.hasOwn(presets, name)) return refuse([unknownPreset(name)], json, terminal);
  const preset = presets[name as PresetName];
  terminal.out.write(json ? toJson(describe(preset)) : policyFile(preset));
  return exitCode.done;
}

/** What `--json` prints of a preset; the keys are stable. */
function describe({ name, summary, trades, needs, policy }: Preset) {
  return { name, summary, trades, needs, policy };
}

function listing({ colors, width }: Output): string {
  const names = Object.values(presets).map(({ name, summary }) => {
    const lines = wrapText(summary, width - 4).map((line) => `    ${line}`);
    return [`  ${colors.bold(name)}`, ...lines].join("\n");
  });
  const use = [
    "Print one as a policy:  corsmith preset single-page-app",
    "Keep it as a file:      corsmith preset single-page-app > corsmith.config.yaml",
  ].join("\n");
  return `${names.join("\n\n")}\n\n${use}\n`;
}

/** A policy file with comments, ready to be kept as `corsmith.config.yaml`. */
function policyFile(preset: Preset): string {
  const needed = Object.fromEntries(preset.needs.map((key) => [key, [exampleOrigin]]));
  const document = new Document({ ...needed, ...preset.policy });
  const comment = [preset.summary, "", "Trade-offs:", ...preset.trades.flatMap((trade) => item(trade))];
  document.commentBefore = comment.map((line) => (line === "" ? "" : ` ${line}`)).join("\n");
  for (const pair of (document.contents as unknown as YAMLMap<Scalar<string>>).items) {
    if (preset.needs.some((key) => key === pair.key.value))
      pair.key.commentBefore = " Replace this with the origins of your own pages.";
  }
  return document.toString({ lineWidth: 100 });
}

function item(text: string): readonly string[] {
  return wrapText(text, 76).map((line, index) => `${index === 0 ? "- " : "  "}${line}`);
}

function unknownPreset(name: string): ConfigFinding {
  const names = Object.keys(presets);
  const fix = nearestName(name, names) ?? `One of: ${names.join(", ")}.`;
  return configError("preset-unknown", "NAME", name, "There is no such preset.", fix);
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
