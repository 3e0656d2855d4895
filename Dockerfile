# syntax=docker/dockerfile:1
# The centre as an image: the package is made of these sources, installed without the embedded database, and
# copied whole onto a clean base. Secrets come as files at the start (compose.yaml), never with a layer.
#
# To pin the base for good, name its digest as well:
#   docker buildx imagetools inspect node:24.21.0-bookworm-slim
#   docker build --build-arg NODE_IMAGE=node:24.21.0-bookworm-slim@sha256:… .
ARG NODE_IMAGE=node:24.21.0-bookworm-slim

FROM ${NODE_IMAGE} AS packed
WORKDIR /sources
COPY . .
RUN --mount=type=cache,target=/root/.npm npm run package -- /packed

FROM ${NODE_IMAGE} AS installed
WORKDIR /app
COPY --from=packed /packed/ /packed/
# `npm ci`, since it installs what the lockfile inside the package says, to the byte.
RUN --mount=type=cache,target=/root/.npm \
    tar -xzf /packed/byfly-pay-*.tgz --strip-components=1 --no-same-owner && \
    npm ci --omit=optional --ignore-scripts --no-audit --no-fund && \
    mkdir bin && ln -s ../packaging/byfly.mjs bin/byfly

FROM ${NODE_IMAGE}
ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="ByFly Pay" \
      org.opencontainers.image.description="Self-hosted payment centre over a pool of Kaspi Smart POS terminals" \
      org.opencontainers.image.licenses="MIT" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
ENV NODE_ENV=production \
    BYFLY_MODE=production \
    BYFLY_DATA_DIR=/data \
    PATH=/app/bin:$PATH
COPY --from=installed /app/ /app/
# The account `node` of the base image, by its number, so that an orchestrator sees that it is not root.
RUN install -d -o 1000 -g 1000 -m 0700 /data
USER 1000:1000
WORKDIR /data
VOLUME /data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["node", "/app/packaging/ready.mjs"]
ENTRYPOINT ["byfly"]
CMD ["serve"]
