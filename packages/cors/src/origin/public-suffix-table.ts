/** The day on which the tables below were last compared with the Public Suffix List. The command brings the whole list. */
export const publicSuffixDate = "2026-11-30";

/** Single labels under which a private network names its own machines: no registry sells a name there. */
const privateNames: ReadonlySet<string> = /* @__PURE__ */ new Set(
  /* @__PURE__ */ "localhost internal local lan home corp intranet private test example invalid".split(" "),
);

/** Second levels under which registries sell names, each with the codes of its countries, two letters each. */
const registrySecondLevels: Readonly<Record<string, string>> = {
  ac: "aeatbdbebwcicncrcyegfjgnidiliminirjpkekrlklsmamemlmumwmzninzpapkprrsrwseszthtzugukvnzazmzw",
  co: "aeagamaoatazbbbdbibjbwbzciclcmcrdmggglgyhuidiliminioiritjejpkekrlclsmamemgmumwmznaninzompnrsrwssstszthtjtmtttzugukusuzvevizazmzw",
  com: "acafagaialamarauawazbabbbdbhbibjbmbnbobrbsbtbybzcicmcncocucvcwcydmdodzeceeegesetfjfmfrgeghgiglgngpgrgtgugyhkhnhrhtiminioiqjokgkhkikmkpkwkykzlalblclklrlvlymgmkmlmomsmtmumvmwmxmynanfngninrompapepfphpkplprpsptpyqarerosasbscsdsgshslsnsossstsvsytjtmtntotrtttwuauguyuzvcvevivnvuwsyezm",
  edu: "acafalaoarauazbabbbdbhbibjbmbnbobrbsbtbzcicncocucvcwdmdodzeceeegesetfjfmgdgeghgiglgngpgrgtgugyhkhnhtinioiqitjokgkhkikmknkpkwkykzlalblclklrlslvlymemgmkmlmnmomsmtmvmwmxmymzngninrompapepfphpkplpnprpsptpyqarssasbscsdsgslsnsossstsvsytjtmtotrtttwuauguyvcvevgvnvuwsyezazm",
  firm: "htinnfrove",
  gen: "innztr",
  gob: "arboclcudoecesgthnmxnipapepksvve",
  gouv: "cifrhtkmmlsn",
  gov: "acaeafalaoarasauazbabbbdbfbhbmbnbrbsbtbwbybzcdclcmcncocxcyczdmdodzeceeegetfjgdgeghgigngrgugyhkieilinioiqiritjokgkhkikmknkpkwkzlalblclklrlsltlvlymamemgmkmlmnmomrmsmumvmwmymznangnromphpkplpnprpsptpwpyqarsrwsasbscsdsgshslsosssxsytjtltmtntotrtttwuaugukvcvevnwsyezazmzw",
  id: "aubdcvfjirlvlyusvn",
  ind: "brgtinkwtn",
  info: "azbbbdbjboecegetfjguhthuinkekilalsmlmvnfninrplprrosdtntrtttzvevnzm",
  ltd: "cygilkuk",
  me: "eginitkekrsosstzukus",
  mil: "acaealarazbabdbobrbyclcncocydoecegfjghgthnidinioiqjokgkmkrkzlvmgmvmymzngninonzpephplpyqarwshstsytjtmtotrtttwtzuguyvcveyezazmzw",
  ne: "jpkekrtzugus",
  net: "acaeafagaialamarauazbabbbdbhbjbmbnbobrbsbtbwbzcicmcncocucvcwcydmdodzecegetfjfmgeggghglgngpgrgtgugyhkhnhtidiliminioiqirjejokgkhkiknkwkykzlalblclklrlslvlymamemkmlmomsmtmumvmwmxmymznanfngninrnzompapephpkplpnprpsptpyqarwsasbscsdsgshslsossstsythtjtmtntotrtttwuaukuyuzvcvevivnvuwsyezazm",
  nom: "agcoesfriokmmgncnipapeplrotmveza",
  or: "atbicicriditjpkekrmuthtzugus",
  org: "acaeafagaialamaoarauazbabbbdbhbibjbmbnbobrbsbtbwbzcicncocucvcwcydmdodzeceeegesetfjfmgeggghgiglgngpgrgtgugyhkhnhthuiliminioiqirjejokgkhkikmknkpkwkykzlalblclklrlslvlymamemgmkmlmnmomsmtmumvmwmxmymznangninrnzompapepfphpkplpnprpsptpyqarorsrwsasbscsdsesgshskslsnsossstsvsysztjtmtntotrtttwuaugukuyuzvcvevivnvuwsyezazmzw",
  web: "bodoguidlknfnipktjtrveza",
};

/** Countries whose registries sell names under every second level. */
const wholeCountries: ReadonlySet<string> = /* @__PURE__ */ new Set(/* @__PURE__ */ "ck er fk jm mm np pg".split(" "));

/**
 * Hosts under which anybody gets a name of their own: one of them can always be an attacker. `*` is a region, a cluster or whatever else
 * the platform puts into a label; where it is the first one, there are such names without it too. The best known of a domain stands
 * first: it is the one that a message names.
 */
const sharedHosts: readonly string[] =
  /* @__PURE__ */ `s3.amazonaws.com execute-api.*.amazonaws.com s3.*.amazonaws.com s3-*.amazonaws.com s3-website.*.amazonaws.com
  s3.dualstack.*.amazonaws.com *.compute.amazonaws.com *.compute-1.amazonaws.com *.elb.amazonaws.com amplifyapp.com appspot.com
  *.r.appspot.com *.awsapprunner.com azure-api.net *.azurecontainerapps.io azureedge.net *.azurefd.net azurestaticapps.net
  *.azurestaticapps.net *.*.azurestaticapps.net azurewebsites.net scm.azurewebsites.net *-01.azurewebsites.net b-cdn.net base44.app
  bitbucket.io blogspot.com bolt.host bubbleapps.io *.cloudapp.azure.com cloudapp.net cloudfront.net cloudfunctions.net *.code.run
  codesandbox.io convex.app convex.site csb.app ddns.net deno.dev deno.net *.devtunnels.ms *.digitaloceanspaces.com duckdns.org
  *.elasticbeanstalk.com emergent.host expo.app figma.site firebaseapp.com fly.dev framer.app framer.website gitbook.io github.dev
  app.github.dev github.io githubusercontent.com gitlab.io gitpod.io ws*.gitpod.io googleapis.com gradio.live hasura.app herokuapp.com
  hf.space *.hosted.app koyeb.app loca.lt lovable.app lovableproject.com modal.run myfritz.net myshopify.com netlify.app ngrok-free.app
  ngrok-free.dev ngrok.app ngrok.dev *.ngrok.io nip.io no-ip.org *.northflank.app notion.site now.sh lambda-url.*.on.aws
  ondigitalocean.app onrender.com pages.dev pantheonsite.io r2.dev up.railway.app railway.app readthedocs.io repl.co id.repl.co
  replit.app *.replit.dev *.run.app serveo.net sharepoint.com squarespace.com stackblitz.io staticblitz.com streamlit.app supabase.co
  supabase.in surge.sh trafficmanager.net translate.goog trycloudflare.com ts.net val.run vercel.app vercel.dev vusercontent.net web.app
  *.webcontainer.io webflow.io weebly.com *.web.core.windows.net *.core.windows.net wixsite.com wordpress.com workers.dev wpengine.com
  zeabur.app zrok.io`.split(/\s+/);

/**
 * Can anybody get names directly under this host? A compact answer: every top-level domain, the second levels of country
 * registries, and the large shared hosts. Give `definePolicy` another `isPublicSuffix` to use a whole list.
 *
 * @param host in lower case, without `*.`
 * @see https://publicsuffix.org/list/
 */
export function isPublicSuffix(host: string): boolean {
  const parent = `*.${host}`;
  return (
    isRegistrySuffix(host) || sharedUnder(host).some((shared) => shared === parent || sharedAs(shared, host) === host)
  );
}

/**
 * A shared host somewhere below this one, such as `s3.amazonaws.com` of `amazonaws.com`; `undefined` if none is known. Give `definePolicy`
 * another `publicSuffixBelow` to use a whole list.
 *
 * @param host in lower case, without `*.`
 */
export function publicSuffixBelow(host: string): string | undefined {
  return sharedUnder(host)
    .map((shared) => sharedAs(shared, host))
    .find((name) => name !== undefined && name !== host);
}

/** Those of the domain that this host is in: the last two labels are always written out. */
function sharedUnder(host: string): readonly string[] {
  const domain = host.split(".").slice(-2).join(".");
  return sharedHosts.filter((shared) => shared.endsWith(domain));
}

/** The shared host that ends as `host` does, or is it; with `host` in the place of the labels that it stands for. */
function sharedAs(shared: string, host: string): string | undefined {
  if (!shared.includes("*")) return shared === host || shared.endsWith(`.${host}`) ? shared : undefined;
  const labels = host.split(".");
  const wanted = shared.split(".");
  const more = wanted.length - labels.length;
  return more >= 0 && labels.every((label, index) => isLabelOf(wanted[more + index] ?? "", label))
    ? [...wanted.slice(0, more), host].join(".")
    : undefined;
}

function isLabelOf(wanted: string, label: string): boolean {
  const [before = "", after] = wanted.split("*");
  if (after === undefined) return wanted === label;
  return label.length > before.length + after.length && label.startsWith(before) && label.endsWith(after);
}

/** Does a registry sell names under this host: is it a top-level domain, or one of its second levels? */
export function isRegistrySuffix(host: string): boolean {
  const [second = "", country, ...more] = host.split(".");
  if (country === undefined) return !privateNames.has(host);
  if (more.length > 0 || country.length !== 2) return false;
  return wholeCountries.has(country) || sellsUnder(second, country);
}

function sellsUnder(second: string, country: string): boolean {
  const countries = Object.hasOwn(registrySecondLevels, second) ? (registrySecondLevels[second] ?? "") : "";
  for (let at = 0; at < countries.length; at += 2) {
    if (countries.startsWith(country, at)) return true;
  }
  return false;
}
