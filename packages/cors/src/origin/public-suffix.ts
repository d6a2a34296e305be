/** The day on which the tables below were last compared with the Public Suffix List. The command brings the whole list. */
export const publicSuffixDate = "2026-11-23";

/** Single labels under which a private network names its own machines: no registry sells a name there. */
const privateNames: ReadonlySet<string> = new Set(
  "localhost internal local lan home corp intranet private test example invalid".split(" "),
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
const wholeCountries: ReadonlySet<string> = new Set("ck er fk jm mm np pg".split(" "));

/** Hosts under which anybody gets a name of their own: one of them can always be an attacker. */
const sharedHosts: ReadonlySet<string> = new Set(
  `amplifyapp.com appspot.com azurecontainerapps.io azureedge.net azurefd.net azurestaticapps.net azurewebsites.net b-cdn.net
  base44.app bitbucket.io blogspot.com bolt.host bubbleapps.io cloudapp.azure.com cloudapp.net cloudfront.net cloudfunctions.net
  codesandbox.io codespaces.githubusercontent.com csb.app ddns.net deno.dev deno.net devtunnels.ms duckdns.org dyndns.org
  edgecompute.app elasticbeanstalk.com expo.app fastlylb.net firebaseapp.com fly.dev framer.app framer.website gitbook.io
  github.dev github.io githubusercontent.com gitlab.io gitpod.io glitch.me gradio.live hasura.app herokuapp.com hf.space
  hubspotpagebuilder.com koyeb.app loca.lt lovable.app lovableproject.com modal.run myfritz.net myshopify.com netlify.app
  ngrok-free.app ngrok-free.dev ngrok.app ngrok.dev ngrok.io no-ip.org northflank.app notion.site on.aws onrender.com pages.dev
  pantheonsite.io plesk.page r2.dev railway.app readthedocs.io repl.co replit.app replit.dev run.app s3.amazonaws.com serveo.net
  sharepoint.com squarespace.com stackblitz.io staticblitz.com streamlit.app streamlitapp.com supabase.co supabase.in surge.sh
  trafficmanager.net translate.goog trycloudflare.com ts.net tunnelmole.net up.railway.app v0.build val.run vercel.app vercel.dev
  web.app webcontainer.io webflow.io weebly.com windows.net wixsite.com wixstudio.com wordpress.com workers.dev wpengine.com
  zeabur.app zrok.io`.split(/\s+/),
);

/** Shared hosts with a region in the middle. */
const regionalHosts =
  /^(?:s3[a-z\d.-]*\.amazonaws\.com|[a-z\d]+\.azurestaticapps\.net|[a-z\d]+\.cloudapp\.azure\.com|lambda-url\.[a-z\d-]+\.on\.aws|[a-z\d-]+\.elasticbeanstalk\.com|(?:[a-z\d-]+\.)?(?:a\.)?run\.app|[a-z\d.]+\.core\.windows\.net)$/;

/**
 * Can anybody get names directly under this host? A compact answer: every top-level domain, the second levels of country
 * registries, and the large shared hosts. Give `definePolicy` another `isPublicSuffix` to use a whole list.
 *
 * @param host in lower case, without `*.`
 * @see https://publicsuffix.org/list/
 */
export function isPublicSuffix(host: string): boolean {
  if (sharedHosts.has(host) || regionalHosts.test(host)) return true;
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
