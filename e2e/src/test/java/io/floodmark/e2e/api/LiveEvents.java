package io.floodmark.e2e.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A client of the live feed that reads as an EventSource does. */
public final class LiveEvents implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 20_000;
  private static final Event END = new Event("end", "", "");

  private final HttpHeaders headers;
  private final Stream<String> lines;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Thread thread;

  /** One event; {@code id} and {@code data} are empty where it has none. */
  public record Event(String name, String id, String data) {
    public JsonNode json() throws IOException {
      return RunningApi.parse(data);
    }
  }

  private LiveEvents(HttpHeaders headers, Stream<String> lines) {
    this.headers = headers;
    this.lines = lines;
    this.thread = new Thread(this::read, "live-events");
    thread.setDaemon(true);
    thread.start();
  }

  public static LiveEvents open(HttpClient http, HttpRequest request)
      throws IOException, InterruptedException {
    HttpResponse<Stream<String>> response = http.send(request, HttpResponse.BodyHandlers.ofLines());
    if (response.statusCode() != 200) {
      throw new AssertionError("The live feed answered " + response.statusCode());
    }
    return new LiveEvents(response.headers(), response.body());
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /** The next event, of whatever kind. */
  Event next() throws InterruptedException {
    Event event = events.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    if (event == null) {
      throw new AssertionError("No event within " + PATIENCE_MILLIS + " ms.");
    }
    return event;
  }

  /** The next event of this kind; others are passed over. */
  public Event next(String name) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
    while (System.nanoTime() < deadline) {
      Event event = next();
      if (event.name().equals(name)) {
        return event;
      }
    }
    throw new AssertionError("No event " + name + " within " + PATIENCE_MILLIS + " ms.");
  }

  private void read() {
    String name = "";
    String id = "";
    StringBuilder data = new StringBuilder();
    try {
      for (String line : (Iterable<String>) lines::iterator) {
        if (line.isEmpty()) {
          if (!data.isEmpty()) {
            events.add(new Event(name, id, data.toString()));
          }
          name = "";
          id = "";
          data.setLength(0);
        } else if (line.startsWith("event: ")) {
          name = line.substring("event: ".length());
        } else if (line.startsWith("id: ")) {
          id = line.substring("id: ".length());
        } else if (line.startsWith("data: ")) {
          data.append(line.substring("data: ".length()));
        }
      }
    } catch (java.io.UncheckedIOException e) {
      // The connection broke: for a listener that is its end.
    }
    events.add(END);
  }

  @Override
  public void close() {
    lines.close();
  }
}
