import { chromium } from "playwright-core";
const base = process.env.BASE ?? "http://127.0.0.1:4777";
const [,, ...specs] = process.argv; // path[@name]
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", chromiumSandbox: false, args:["--disable-gpu"] });
const modes = (process.env.MODES ?? "1280-light,360-dark").split(",");
for (const m of modes) { const [w, c] = m.split("-");
  const ctx = await b.newContext({ viewport: { width: +w, height: w === "360" ? 740 : 860 }, colorScheme: c });
  for (const s of specs) { const [path, name] = s.split("@@"); const page = await ctx.newPage();
    page.on("console", (x) => { if (x.type() === "error") console.log(m, path, "CONSOLE", x.text()); }); page.on("pageerror", (e) => console.log(m, path, "ERROR", e.message));
    await page.goto(base + path); await page.waitForTimeout(+(process.env.WAIT ?? 500));
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth); if (over > 0) console.log(m, path, "OVERFLOW", over);
    await page.screenshot({ path: `/tmp/shots/${name}-${m}.png`, fullPage: process.env.FULL !== "0" }); await page.close(); } await ctx.close(); }
await b.close();
