package io.floodmark.bench;

import io.floodmark.bench.figures.Latencies;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends GETs at a fixed rate, whether or not the earlier ones are answered. A request's time counts
 * from when it was due, so a server that stalls is charged for everybody who waited.
 */
final class RequestRate {
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  /**
   * Sends {@code seconds} × {@code perSecond} requests, to the addresses in turn.
   *
   * @throws IllegalStateException if one is answered with anything but 200
   */
  Latencies run(List<URI> addresses, int perSecond, int seconds) {
    int total = perSecond * seconds;
    long stepNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long[] nanos = new long[total];
    AtomicInteger failures = new AtomicInteger();
    CompletableFuture<?>[] answers = new CompletableFuture<?>[total];
    long start = System.nanoTime();
    for (int i = 0; i < total; i++) {
      long due = start + i * stepNanos;
      waitUntil(due);
      int number = i;
      answers[i] =
          client
              .sendAsync(
                  request(addresses.get(i % addresses.size())),
                  HttpResponse.BodyHandlers.ofByteArray())
              .thenAccept(
                  response -> {
                    nanos[number] = System.nanoTime() - due;
                    if (response.statusCode() != 200) {
                      failures.incrementAndGet();
                    }
                  });
    }
    CompletableFuture.allOf(answers).orTimeout(30, TimeUnit.SECONDS).join();
    if (failures.get() > 0) {
      throw new IllegalStateException(failures.get() + " of " + total + " requests were refused.");
    }
    return new Latencies(nanos);
  }

  private static HttpRequest request(URI address) {
    return HttpRequest.newBuilder(address)
        .header("Accept-Encoding", "gzip")
        .timeout(Duration.ofSeconds(20))
        .build();
  }

  private static void waitUntil(long due) {
    long left = due - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = due - System.nanoTime();
    }
  }
}
