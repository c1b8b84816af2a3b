package io.floodmark.api.reports;

import io.floodmark.api.http.Problem;
import io.floodmark.api.http.ProblemException;
import io.floodmark.api.routes.BodyLimit;
import io.floodmark.api.routes.Visit;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Lets in so many large bodies at once as there is memory for: each is held whole, and anybody can
 * send one. What is as small as a form of text fields always comes in: a report without photos is
 * taken however many photos are on their way. All event loops of a process share one. Thread-safe.
 */
final class UploadDoor implements Shareable {
  /** Each holds up to {@link BodyLimit#PHOTOS}, read by one of the event loops. */
  static final int AT_ONCE_MAX = 8;

  /** From one address; behind one there may be a mobile network, so more than a household needs. */
  static final int OF_ADDRESS_MAX = 4;

  /** A body that trickles must not hold a place for ever. Three photos on a slow line take two. */
  private static final long OPEN_MAX_MS = 4 * 60_000L;

  private final Map<String, Integer> openByAddress = new HashMap<>();
  private int open;

  /** The one of this process. */
  static UploadDoor of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, UploadDoor>getLocalMap("floodmark-api-report-uploads")
        .computeIfAbsent("door", key -> new UploadDoor());
  }

  /** Lets a request in until it is answered or gone; fails with 503 where there is no room. */
  Future<Void> admit(Visit visit) {
    if (isSmall(visit)) {
      return Future.succeededFuture();
    }
    String address = visit.address();
    if (!enter(address)) {
      return Future.failedFuture(
          new ProblemException(
              Problem.tooManyClients(
                  "Too many photos are being sent at once. Send this again in half a minute, or"
                      + " without photos: that is always taken."),
              "overloaded"));
    }
    Vertx vertx = visit.context().vertx();
    long timer = vertx.setTimer(OPEN_MAX_MS, late -> visit.request().connection().close());
    AtomicBoolean isOver = new AtomicBoolean();
    visit
        .context()
        .addEndHandler(
            end -> {
              if (isOver.compareAndSet(false, true)) {
                vertx.cancelTimer(timer);
                leave(address);
              }
            });
    return Future.succeededFuture();
  }

  private static boolean isSmall(Visit visit) {
    String length = visit.request().getHeader("Content-Length");
    // Vert.x has refused what is no number.
    return length != null && Long.parseLong(length.strip()) <= BodyLimit.FIELDS.bytesMax();
  }

  private synchronized boolean enter(String address) {
    int ofAddress = openByAddress.getOrDefault(address, 0);
    if (open >= AT_ONCE_MAX || ofAddress >= OF_ADDRESS_MAX) {
      return false;
    }
    open++;
    openByAddress.put(address, ofAddress + 1);
    return true;
  }

  private synchronized void leave(String address) {
    open--;
    openByAddress.computeIfPresent(address, (who, count) -> count == 1 ? null : count - 1);
  }
}
