# Image of the web server and the worker. Two stages: node builds the front end, Python runs the application.
FROM node:20-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json .npmrc tsconfig.json ./
RUN npm ci
COPY static ./static
RUN npm run build

# pg_dump, pg_restore and psql of the server's major version, for webgis backup and restore.
FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-15 && rm -rf /var/lib/apt/lists/*
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt
COPY gis_core ./gis_core
COPY migrations ./migrations
COPY sample_layers ./sample_layers
COPY webgis ./webgis
COPY LICENSE ./
COPY --from=front-end /build/static ./static
RUN if ls webgis/translations/*/LC_MESSAGES/*.po >/dev/null 2>&1; then pybabel compile -d webgis/translations; fi \
 && printf '#!/bin/sh\nexec python -m webgis "$@"\n' > /usr/local/bin/webgis && chmod 755 /usr/local/bin/webgis \
 && useradd --system --create-home --uid 10001 webgis \
 && mkdir -p /data && chown webgis /data
USER webgis
ENV WEBGIS_DATA_DIR=/data WEBGIS_ENV=production
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "python:webgis.serving", "--bind", "0.0.0.0:8000"]
