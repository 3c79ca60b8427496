# One image for every role: `serve --role all|web|worker`. The code is run as it is; there is nothing to build.
FROM node:24-bookworm-slim

# PostgreSQL refuses root and wants a user with a name, so the image has one for everything.
RUN useradd --create-home --home-dir /var/lib/evenkeel --shell /usr/sbin/nologin evenkeel
WORKDIR /app

COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force

COPY bin bin
COPY config config
COPY src src
COPY workers workers

USER evenkeel
ENV NODE_ENV=production EVENKEEL_DATA=/var/lib/evenkeel/data EVENKEEL_CONFIG=/etc/evenkeel/evenkeel.yaml
EXPOSE 7300
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:7300/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "bin/evenkeel.js"]
CMD ["serve"]
