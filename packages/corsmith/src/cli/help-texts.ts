/** Behind the list of commands. */
export const programExamples = `
Examples:
  corsmith serve                                       a demo to look at, on free ports
  corsmith serve --upstream http://127.0.0.1:8000      your API, under corsmith.config.yaml
  corsmith dev --upstream http://127.0.0.1:8000        the same for localhost, with the console
  corsmith check https://api.example.com/orders --origin https://app.example.com
                                                       what a browser makes of a live API
  corsmith audit https://api.example.com/orders --origin https://app.example.com
                                                       what is wrong with its CORS
  corsmith explain "Access to fetch at …"              what a browser's red line means
  corsmith preset single-page-app                      a policy to start from

Exit codes: 0 done, 1 something broke (check: blocked, audit: findings), 2 refused
(policy, flags, ports), 3 no answer (check, audit).
`;

/** Behind the flags of \`serve\`. */
export const serveNotes = `
Flags count before the environment, and the environment before the file.
  CORSMITH_UPSTREAM, _POLICY, _LISTEN, _ADMIN, _WORKERS, _UPSTREAM_TIMEOUT,
  _TRUST_PROXY, _CHANGE_HOST, _JOURNAL, _LOG_LEVEL,
  _ADMIN_TOKEN, _ADMIN_TOKEN_FILE                 as the flags of these names
  CORS_PRESET, CORS_ALLOW_ORIGINS, CORS_ALLOW_CREDENTIALS, CORS_ALLOW_METHODS,
  CORS_ALLOW_HEADERS, CORS_EXPOSE_HEADERS, CORS_MAX_AGE,
  CORS_CROSS_ORIGIN_PROTECTION                    replace keys of the file's policy

An address is HOST:PORT. A port alone, 8080 or :8080, means 127.0.0.1; write
0.0.0.0:8080 to be reached from other machines, as in a container.

Edits of the file are taken up while running, and on SIGHUP: a valid policy at
once, a broken one never. SIGTERM and Ctrl-C finish the requests under way.
`;

/** At the end of the help of \`serve\`. */
export const serveExamples = `
Examples:
  corsmith serve
  corsmith serve --upstream http://127.0.0.1:8000 --policy policy.yaml
  corsmith serve --upstream http://api:8000 --listen 0.0.0.0:8080 --workers 2
  corsmith serve --check --mode production
  CORS_ALLOW_ORIGINS=https://app.example.com corsmith serve --upstream http://127.0.0.1:8000
`;
