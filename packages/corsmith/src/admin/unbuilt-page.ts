/** What stands at `/` as long as the console has not been built: only in this repository, never in the package. */
export const unbuiltPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Corsmith: the console is not built</title>
<h1>The console is not built yet</h1>
<p>In the repository, run <code>npm run build</code>, and open this page again.</p>
<p>The <a href="/api/reference">reference of the API</a> is there, and so are
<a href="/api/status">/api/status</a> and <a href="/metrics">/metrics</a>.</p>
</html>
`;
