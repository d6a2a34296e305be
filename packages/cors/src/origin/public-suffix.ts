/** The day on which the table below was last compared with the Public Suffix List. The command brings the whole list. */
export const publicSuffixDate = "2026-11-23";

/** Single labels under which a private network names its own machines: no registry sells a name there. */
const privateNames: ReadonlySet<string> = new Set([
  "localhost",
  "internal",
  "local",
  "lan",
  "home",
  "corp",
  "intranet",
  "private",
  "test",
  "example",
  "invalid",
]);

/** Second levels under which registries of many countries sell names. */
const registrySecondLevels = "ac co com edu gov gob gouv govt mil ne net nom nsw or org sch school";

/** Countries whose registries sell names under those second levels (or some of them). */
const registryCountries =
  "ae ag ai ar au bd bh bn bo br bw bz ci ck cn co cr cy do ec eg et fj fk gg gh gi gr gt gu hk hn hu id il im in io iq je jm jo jp ke kh kr kw ky kz lb lk ls ly ma mm mo mt mu mv mw mx my mz na nf ng ni np nz om pa pe pg ph pk pl pr ps pt py qa ro rs ru rw sa sb sc sd sg sl sv sy th tj tn tr tt tw tz ua ug uk us uy uz vc ve vi vn ws ye za zm zw";

/** Hosts under which strangers get a name of their own: one of them can always be an attacker. */
const sharedHosts: ReadonlySet<string> = new Set(
  `amplifyapp.com appspot.com azurecontainerapps.io azureedge.net azurefd.net azurestaticapps.net azurewebsites.net
  b-cdn.net base44.app blogspot.com bitbucket.io bubbleapps.io cfargotunnel.com cloudapp.azure.com cloudapp.net cloudflare.net
  cloudfront.net cloudfunctions.net codespaces.githubusercontent.com cyclic.app ddns.net deno.dev deno.net devtunnels.ms
  duckdns.org dyndns.org edgecompute.app elasticbeanstalk.com expo.app fastly.net fastlylb.net firebaseapp.com fleek.co
  fly.dev framer.app framer.website gitbook.io github.dev githubusercontent.com github.io gitlab.io gitpod.io glitch.me
  hashnode.dev hasura.app herokuapp.com hf.space hosted.app hubspotpagebuilder.com koyeb.app kinsta.app kinsta.page
  lambda-url.us-east-1.on.aws loca.lt lovable.app lovableproject.com my.id myfritz.net myshopify.com netlify.app ngrok.app
  ngrok.dev ngrok-free.app ngrok-free.dev ngrok.io no-ip.org northflank.app notion.site onrender.com on.aws oraclecloudapps.com
  pages.dev pantheonsite.io platformsh.site plesk.page preview.app.github.dev qovery.io r2.dev railway.app up.railway.app
  readthedocs.io render.com repl.co replit.app replit.dev run.app s3.amazonaws.com serveo.net shopifypreview.com sites.google.com
  squarespace.com stackblitz.io staticblitz.com streamlit.app supabase.co supabase.in surge.sh tailscale.net translate.goog
  trafficmanager.net trycloudflare.com ts.net tunnelmole.net vercel.app vercel.dev web.app webcontainer.io webflow.io
  weebly.com windows.net wixsite.com wixstudio.com wordpress.com workers.dev wpengine.com zeabur.app zrok.io`.split(
    /\s+/,
  ),
);

const countries: ReadonlySet<string> = new Set(registryCountries.split(" "));
const secondLevels: ReadonlySet<string> = new Set(registrySecondLevels.split(" "));

/**
 * Can strangers get names directly under this host? A compact answer: every top-level domain, the usual second levels of country
 * registries, and the large shared hosts. Give `definePolicy` another `isPublicSuffix` to use a whole list.
 *
 * @param host in lower case, without `*.`
 * @see https://publicsuffix.org/list/
 */
export function isPublicSuffix(host: string): boolean {
  if (sharedHosts.has(host)) return true;
  const labels = host.split(".");
  if (labels.length === 1) return !privateNames.has(host);
  if (
    /^s3[.-].*amazonaws\.com$|^.*\.azurestaticapps\.net$|^.*\.cloudapp\.azure\.com$|^lambda-url\..*\.on\.aws$/.test(
      host,
    )
  ) {
    return true;
  }
  const [second = "", country = ""] = labels;
  return labels.length === 2 && countries.has(country) && secondLevels.has(second);
}
