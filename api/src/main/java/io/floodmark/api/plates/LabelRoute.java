package io.floodmark.api.plates;

import io.floodmark.api.access.Guard;
import io.floodmark.api.database.DatabaseCalls;
import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.http.Representation;
import io.floodmark.api.plates.label.Label;
import io.floodmark.api.plates.label.PlateAddress;
import io.floodmark.api.routes.Routes;
import io.floodmark.api.routes.Visit;
import io.floodmark.staff.Right;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Optional;

/** {@code GET /api/v1/labels.pdf?batch=ID&start=N}: a batch's labels, ready to be printed. */
final class LabelRoute {
  private final DatabaseCalls database;
  private final Optional<String> publicUrl;

  /** One sheet at a time: thousands of labels take seconds of a processor. */
  private final WorkerExecutor worker;

  LabelRoute(Vertx vertx, DatabaseCalls database, Optional<String> publicUrl) {
    this.database = database;
    this.publicUrl = publicUrl;
    this.worker = vertx.createSharedWorkerExecutor("floodmark-api-labels", 1);
  }

  void addTo(Routes routes) {
    routes.get("/api/v1/labels.pdf", Guard.of(Right.PRINT_PLATES), this::send);
  }

  /** What is printed. */
  private record Order(PlateFormat format, List<Label> labels) {}

  private void send(Visit visit) {
    PlateAddress address;
    try {
      address = PlateAddress.of(publicUrl);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(Problem.conflict(e.getMessage()));
    }
    long batch = number(visit, "batch", "");
    int start = number(visit, "start", "1");
    database
        .read(
            connection -> {
              PlateFormat format =
                  new PlateList(connection, visit.caller())
                      .batch(batch)
                      .orElseThrow(PlatePages::noBatch)
                      .format();
              return new Order(format, PlateLabels.ofBatch(connection, visit.caller(), batch));
            })
        .compose(
            order -> {
              check(order, start);
              return worker.executeBlocking(
                  () -> PlateLabels.pdf(address, order.format(), start, order.labels()), false);
            })
        .onSuccess(
            pdf -> {
              visit
                  .request()
                  .response()
                  .putHeader(
                      "Content-Disposition",
                      "attachment; filename=\"floodmark-labels-" + batch + ".pdf\"");
              visit.send(Representation.lasting("application/pdf", pdf, false));
            })
        .onFailure(visit::fail);
  }

  private static void check(Order order, int start) {
    int places = order.format().paper().labelsPerPage();
    if (start < 1 || start > places) {
      throw new ProblemException(
          Problem.badParameter(
              "start", "The place of the first label has to be 1 to " + places + "."));
    }
    if (order.labels().isEmpty()) {
      throw new ProblemException(
          Problem.conflict("All plates of this batch are lost, revoked or replaced."));
    }
  }

  private static int number(Visit visit, String name, String fallback) {
    String text = Optional.ofNullable(visit.request().getParam(name)).orElse(fallback);
    if (!text.matches("\\d{1,9}")) {
      throw new ProblemException(
          Problem.badParameter(name, "Give a whole number: labels.pdf?batch=ID&start=1."));
    }
    return Integer.parseInt(text);
  }
}
