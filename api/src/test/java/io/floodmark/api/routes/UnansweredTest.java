package io.floodmark.api.routes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class UnansweredTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
  private Vertx vertx;
  private Router router;

  @BeforeEach
  void start() {
    vertx = Unanswered.vertx(new VertxOptions());
    router = Router.router(vertx);
    router.route().handler(Unanswered::remember);
  }

  @AfterEach
  void stop() throws Exception {
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void whatAListenerOfAWorkersResultThrowsIsAnswered() throws Exception {
    answers500(
        request ->
            vertx
                .executeBlocking(() -> "page")
                .onSuccess(page -> fails())
                .onFailure(request::fail));
  }

  @Test
  void whatAListenerOfAFailureThrowsIsAnswered() throws Exception {
    answers500(
        request ->
            vertx
                .executeBlocking(
                    () -> {
                      throw new IllegalArgumentException("the work");
                    })
                .onFailure(failure -> fails()));
  }

  @Test
  void whatAListenerFurtherDownThrowsIsAnswered() throws Exception {
    answers500(
        request ->
            vertx
                .executeBlocking(() -> 1)
                .compose(one -> vertx.executeBlocking(() -> one + 1))
                .map(two -> two + 1)
                .onComplete(three -> fails()));
  }

  @Test
  void anAnswerThatIsOnItsWayIsNotTouched() throws Exception {
    router
        .route()
        .handler(
            request ->
                vertx
                    .executeBlocking(() -> "page")
                    .onSuccess(
                        page -> {
                          request.response().end(page);
                          fails();
                        }));
    HttpResponse<String> answer = ask();
    assertEquals(200, answer.statusCode());
    assertEquals("page", answer.body());
  }

  @Test
  void whatBelongsToNoRequestHarmsNone() throws Exception {
    vertx.runOnContext(nothing -> fails());
    router.route().handler(request -> request.response().end("page"));
    assertEquals(200, ask().statusCode());
  }

  private void answers500(Handler<RoutingContext> handler) throws Exception {
    router.route().handler(handler);
    router
        .route()
        .failureHandler(
            request -> {
              failures.add(request.failure());
              request.response().setStatusCode(500).end();
            });
    assertEquals(500, ask().statusCode());
    Throwable failure = failures.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    assertTrue(failure != null && "the page".equals(failure.getMessage()), () -> "" + failure);
  }

  private static void fails() {
    throw new IllegalStateException("the page");
  }

  private HttpResponse<String> ask() throws Exception {
    Future<Integer> port =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .map(server -> server.actualPort());
    int there =
        port.toCompletionStage().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + there + "/"))
                .timeout(PATIENCE)
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }
}
