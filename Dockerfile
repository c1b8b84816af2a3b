# Floodmark as a container. docker-compose.yml runs it beside a TimescaleDB.

FROM maven:3-eclipse-temurin-17 AS build
WORKDIR /build
COPY . .
# The tests have run before a release; they need more than this image has.
RUN --mount=type=cache,target=/maven-repository \
    mvn -B -ntp -q -Dmaven.repo.local=/maven-repository -DskipTests -pl server -am package

FROM eclipse-temurin:17-jre
# A number, so that an orchestrator can see that it is not root.
RUN useradd --system --uid 10001 --user-group --home-dir /var/lib/floodmark --create-home floodmark
COPY --from=build /build/server/target/floodmark.jar /opt/floodmark/floodmark.jar
USER 10001
WORKDIR /var/lib/floodmark
# From outside a container only its own address is reachable; what may reach that is docker's to say.
ENV FLOODMARK_HTTP_HOST=0.0.0.0 \
    FLOODMARK_MQTT_HOST=0.0.0.0 \
    FLOODMARK_DATA_DIR=/var/lib/floodmark/data
EXPOSE 8080 1883
# The image has no curl; bash can open a connection by itself.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/${FLOODMARK_HTTP_PORT:-8080} && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200'"]
ENTRYPOINT ["java", "-XX:+ExitOnOutOfMemoryError", "-jar", "/opt/floodmark/floodmark.jar"]
CMD ["serve"]
