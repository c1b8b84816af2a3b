package io.floodmark.api.sensors;

import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.QueryParameters;
import io.floodmark.api.http.Representation;
import io.floodmark.sensor.SensorCode;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** {@code GET /api/v1/sensors} and one of them. */
public final class SensorRoutes {
  private static final String REVALIDATE = "no-cache";

  private final DatabaseCalls database;
  private final InstantSource clock;

  /** Routes that read from {@code database}; {@code clock} says what is silent. */
  public SensorRoutes(DatabaseCalls database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** All sensors in service. */
  public void list(RoutingContext request) {
    new QueryParameters(request.queryParams());
    Optional<String> acceptEncoding = acceptEncoding(request);
    database
        .read(
            connection -> {
              Instant now = clock.instant();
              byte[] body = SensorFeature.collection(SensorRows.inService(connection), now);
              return Representation.computed(SensorFeature.CONTENT_TYPE, body, acceptEncoding);
            })
        .onSuccess(answer -> answer.send(request.request(), REVALIDATE))
        .onFailure(request::fail);
  }

  /** One sensor, retired ones too. */
  public void one(RoutingContext request) {
    new QueryParameters(request.queryParams());
    String code = codeIn(request);
    Optional<String> acceptEncoding = acceptEncoding(request);
    database
        .read(
            connection -> {
              SensorView sensor =
                  SensorRows.ofCode(connection, code).orElseThrow(() -> unknown(code));
              byte[] body = SensorFeature.bytes(sensor, clock.instant());
              return Representation.computed(SensorFeature.CONTENT_TYPE, body, acceptEncoding);
            })
        .onSuccess(answer -> answer.send(request.request(), REVALIDATE))
        .onFailure(request::fail);
  }

  /**
   * The code in the address of a request.
   *
   * @throws ProblemException if it can be no sensor's; PostgreSQL would take some of those, as one
   *     with a zero byte, for a fault of ours
   */
  public static String codeIn(RoutingContext request) {
    String code = request.pathParam("code");
    if (!SensorCode.isValid(code)) {
      throw unknown(code);
    }
    return code;
  }

  /** What is answered where no sensor has this code. */
  public static ProblemException unknown(String code) {
    return new ProblemException(
        Problem.notFound(
            "There is no sensor \""
                + code
                + "\". Codes are case-sensitive; /api/v1/sensors lists them."));
  }

  private static Optional<String> acceptEncoding(RoutingContext request) {
    return Optional.ofNullable(request.request().getHeader("Accept-Encoding"));
  }
}
