# syntax=docker/dockerfile:1
# The emulator, and every other command of dialproof, as an image for amd64 and arm64. Docs: docs/containers.md.
#
#   docker build --tag dialproof:0.1.0 .
#   docker buildx build --platform linux/amd64,linux/arm64 --tag REGISTRY/dialproof:0.1.0 --push .

ARG NODE_IMAGE=node:24-bookworm-slim

# Packs the checkout, as it is published. It runs on the builder's platform: what it makes is the same for all.
FROM --platform=${BUILDPLATFORM} ${NODE_IMAGE} AS pack
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm pack --pack-destination /pack.d

# Installs it for the platform of the image, without running anything of that platform: no emulation is needed.
FROM --platform=${BUILDPLATFORM} ${NODE_IMAGE} AS install
ARG TARGETARCH
# A store in Redis, and load on real endpoints. Others: --build-arg PACKAGES="@redis/client@6.3.1 yaml@2.9.1".
ARG PACKAGES="@redis/client@6.3.1 @aws-sdk/client-connect@3.1136.0"
COPY --from=pack /pack.d/ /pack.d/
WORKDIR /image/opt/dialproof
RUN npm install --ignore-scripts --omit=dev --no-audit --no-fund --os=linux --cpu="$(echo "${TARGETARCH}" | sed s/amd64/x64/)" /pack.d/dialproof-*.tgz ${PACKAGES}
RUN mkdir -p /image/data

FROM ${NODE_IMAGE}
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="dialproof" \
      org.opencontainers.image.description="Contract tests, load tests and a strict emulated endpoint for Amazon Connect BatchPutContact" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/dialproof/dialproof" \
      org.opencontainers.image.url="https://github.com/dialproof/dialproof#readme" \
      org.opencontainers.image.documentation="https://github.com/dialproof/dialproof/blob/main/docs/containers.md" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=install /image/opt/dialproof/ /opt/dialproof/
# Owned by the user of the image, so that a volume here is too.
COPY --from=install --chown=65532:65532 /image/data/ /data/
# A container is reached through the ports that its user publishes, so both doors listen on every address of it.
ENV PATH=/opt/dialproof/node_modules/.bin:/usr/local/bin:/usr/bin:/bin \
    HOME=/tmp \
    NODE_ENV=production \
    DIALPROOF_ALLOW_REMOTE=true \
    DIALPROOF_HOST=0.0.0.0 \
    DIALPROOF_PORT=4010 \
    DIALPROOF_CONTROL_HOST=0.0.0.0 \
    DIALPROOF_CONTROL_PORT=4011
WORKDIR /data
# In numbers, because Kubernetes cannot tell by a name that it is not root.
USER 65532:65532
EXPOSE 4010 4011
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s --start-interval=1s --retries=3 CMD ["dialproof", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["dialproof"]
CMD ["emulator"]
