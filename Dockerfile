# The gateway as a container: docs/guide/container.md says how to run it.
# Any image with Node 22.13 or later and npm will do as a base: --build-arg BASE=…
ARG BASE=node:24-slim

FROM ${BASE} AS manifests
WORKDIR /src
# Manifests first: a change of the sources alone does not install anything anew.
COPY package.json package-lock.json .npmrc ./
COPY packages/cors/package.json packages/cors/
COPY packages/corsmith/package.json packages/corsmith/
COPY apps/console/package.json apps/console/

# No install scripts in either stage: none is needed, and code that nobody reads should not run while the image is built.
FROM manifests AS build
RUN npm install --ignore-scripts
COPY tsconfig.base.json tsconfig.json ./
COPY packages packages
RUN node node_modules/typescript/bin/tsc -b packages/corsmith
RUN node node_modules/rolldown/bin/cli.mjs -c packages/cors/rolldown.config.mjs
COPY apps apps
RUN node node_modules/vite/bin/vite.js build apps/console

FROM manifests AS production
RUN npm install --ignore-scripts --omit=dev

FROM ${BASE}
ENV NODE_ENV=production \
    CORSMITH_LISTEN=0.0.0.0:8080 \
    CORSMITH_ADMIN=127.0.0.1:9090
COPY --from=production /src /app
COPY --from=build /src/packages/cors/LICENSE /app/packages/cors/
COPY --from=build /src/packages/cors/dist /app/packages/cors/dist
COPY --from=build /src/packages/corsmith/LICENSE /app/packages/corsmith/
COPY --from=build /src/packages/corsmith/bin /app/packages/corsmith/bin
COPY --from=build /src/packages/corsmith/demo-page /app/packages/corsmith/demo-page
COPY --from=build /src/packages/corsmith/dist /app/packages/corsmith/dist
COPY --from=build /src/packages/corsmith/console /app/packages/corsmith/console
COPY --from=build /src/node_modules/swagger-ui-dist/swagger-ui-bundle.js /src/node_modules/swagger-ui-dist/swagger-ui.css /src/node_modules/swagger-ui-dist/LICENSE /src/node_modules/swagger-ui-dist/NOTICE /app/packages/corsmith/reference/
# Here the configuration is mounted: corsmith.config.yaml is searched from the working directory upwards.
WORKDIR /etc/corsmith
# By number, so that an orchestrator can see that it is not root; the image needs no entry in /etc/passwd for it.
USER 10001:10001
EXPOSE 8080
# The admin address is the container's own loopback, so the check runs inside, and needs no curl.
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s --retries=3 \
  CMD ["node", "-e", "fetch(`http://${process.env.CORSMITH_ADMIN}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
# No shell and no npm in between: the signals of `docker stop` reach Node, which drains.
ENTRYPOINT ["node", "/app/packages/corsmith/bin/corsmith.js"]
CMD ["serve"]
