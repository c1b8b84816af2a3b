package io.floodmark.e2e.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Another system that webhooks are posted to. */
final class Receiver implements AutoCloseable {
  private final HttpServer server;
  private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private volatile int status = 200;

  record Got(String key, String signature, JsonNode body, long nanos) {}

  Receiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  private void take(HttpExchange exchange) throws IOException {
    // What is set after this one has arrived is for the next.
    int answer = status;
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    got.add(
        new Got(
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            exchange.getRequestHeaders().getFirst("Floodmark-Signature"),
            RunningApi.parse(body),
            System.nanoTime()));
    exchange.sendResponseHeaders(answer, -1);
    exchange.close();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  void answer(int next) {
    status = next;
  }

  Got next() throws InterruptedException {
    Got next = got.poll(20, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("Nothing was posted within 20 s.");
    }
    return next;
  }

  boolean isQuiet() {
    return got.isEmpty();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
