/** What somebody who has no policy yet can start with. */
export const policyExample = `Write one to corsmith.config.yaml, with the origins of your own pages:

  policy:
    allowOrigins:
      - https://app.example.com
    allowCredentials: true          # cookies; leave it out if you use none
    allowMethods: [PUT, DELETE]     # beyond GET, HEAD and POST
    allowHeaders: [content-type]

or start from a use case:        corsmith preset single-page-app > corsmith.config.yaml
or give it in the environment:   CORS_ALLOW_ORIGINS=https://app.example.com
`;
