package io.floodmark.api.notify.channels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.floodmark.api.http.Language;
import io.floodmark.api.notify.ChannelKind;
import io.floodmark.api.notify.Message;
import io.floodmark.api.notify.MessageText;
import io.floodmark.api.notify.Messages;
import io.floodmark.api.notify.Outcome;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real HTTP server in this process. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebhookChannelTest {
  private static final String SECRET = "a-key-of-twenty-signs";
  private static final MessageText TEXT =
      new MessageText(ZoneId.of("Asia/Ho_Chi_Minh"), Optional.of("https://ngap.example.vn"));

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<Got> got = new LinkedBlockingQueue<>();
  private HttpServer server;

  private record Got(Map<String, String> headers, Buffer body) {}

  @BeforeAll
  void listen() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              Map<String, String> headers = new java.util.HashMap<>();
                              request.headers().forEach((name, value) -> headers.put(name, value));
                              got.add(new Got(headers, body));
                              int status = Integer.parseInt(request.path().substring(1));
                              request
                                  .response()
                                  .setStatusCode(status)
                                  .putHeader("Location", "http://127.0.0.1:1/")
                                  .end("thanks");
                            }))
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
  }

  @AfterAll
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void whatIsSentIsSignedAndNamed() throws Exception {
    Message message = Messages.of(Language.EN, Messages.step(2, 3));
    assertEquals(Outcome.Kind.SENT, send(200, true, message).kind());
    Got first = got.poll(5, TimeUnit.SECONDS);
    String timestamp = first.headers().get("Floodmark-Timestamp");
    assertEquals(Long.toString(Messages.AT.getEpochSecond()), timestamp);
    assertEquals(
        Signature.of(SECRET, timestamp, first.body().getBytes()),
        first.headers().get("Floodmark-Signature"));
    assertNotEquals(
        Signature.of("another key altogether", timestamp, first.body().getBytes()),
        first.headers().get("Floodmark-Signature"));
    assertEquals(message.key().toString(), first.headers().get("Idempotency-Key"));

    JsonNode json = new ObjectMapper().readTree(first.body().getBytes());
    assertEquals("alert", json.get("type").asText());
    assertEquals(message.key().toString(), json.get("id").asText());
    assertEquals("Flood level 3 (danger): Ngã tư Bần", json.get("subject").asText());
    JsonNode alert = json.get("alerts").get(0);
    assertEquals(3, alert.get("level").asInt());
    assertEquals(322, alert.get("lowPointDepthMm").asInt());
    assertEquals("bvd-03", alert.get("sensor").get("code").asText());
    assertEquals("https://ngap.example.vn/#/sensor/bvd-03", alert.get("map").asText());

    // Again, it is the same but for the time.
    send(200, true, message);
    Got second = got.poll(5, TimeUnit.SECONDS);
    assertEquals(first.body(), second.body());
    assertEquals(first.headers().get("Idempotency-Key"), second.headers().get("Idempotency-Key"));
  }

  @Test
  void aTestSaysThatItIsOne() throws Exception {
    send(200, true, Messages.of(Language.VI));
    JsonNode json = new ObjectMapper().readTree(got.poll(5, TimeUnit.SECONDS).body().getBytes());
    assertEquals("test", json.get("type").asText());
    assertTrue(json.get("subject").asText().startsWith("[THỬ]"));
    assertEquals(0, json.get("alerts").size());
  }

  @ParameterizedTest
  @CsvSource({
    "200, SENT", "204, SENT", "299, SENT", "301, REFUSED", "307, REFUSED", "400, REFUSED",
    "401, REFUSED", "404, REFUSED", "410, REFUSED", "408, RETRY", "429, RETRY", "500, RETRY",
    "503, RETRY"
  })
  void anAnswerMeansWhatItSays(int status, Outcome.Kind kind) throws Exception {
    assertEquals(kind, send(status, true, Messages.of(Language.VI)).kind());
    // A redirect is not followed: one request, whatever was answered.
    assertTrue(got.poll(5, TimeUnit.SECONDS) != null && got.isEmpty());
  }

  @Test
  void whoDoesNotListenIsTriedAgain() throws Exception {
    Outcome outcome =
        WebhookChannel.opener(TEXT, new AddressRule(true), () -> Messages.AT)
            .open(Messages.setup(ChannelKind.WEBHOOK, SECRET, Map.of("url", "http://127.0.0.1:1/")))
            .send(Messages.of(Language.VI));
    assertEquals(Outcome.Kind.RETRY, outcome.kind());
  }

  @Test
  void theMachineItselfIsCalledOnlyWhereThatIsAllowed() throws Exception {
    Outcome outcome = send(200, false, Messages.of(Language.VI));
    assertEquals(Outcome.Kind.REFUSED, outcome.kind());
    assertTrue(outcome.detail().contains("webhook.loopback"), outcome.detail());
    assertTrue(got.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"169.254.169.254", "fe80::1", "0.0.0.0", "224.0.0.1"})
  void whatNoOtherSystemHasIsNeverCalled(String address) throws Exception {
    AddressRule open = new AddressRule(true);
    assertTrue(open.whyForbidden(address, InetAddress::getAllByName).isPresent());
    // Nor by a name that leads there beside a good one.
    InetAddress[] both = {InetAddress.getByName("192.0.2.1"), InetAddress.getByName(address)};
    assertTrue(open.whyForbidden("example.org", host -> both).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.5", "192.168.1.7", "203.0.113.9"})
  void otherMachinesMayBeCalled(String address) throws Exception {
    assertEquals(
        Optional.empty(), new AddressRule(false).whyForbidden(address, InetAddress::getAllByName));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example/x?y=1, ''", "ftp://a.example/, problem.url.scheme",
    "file:///etc/passwd, problem.url.scheme", "http://user:pw@a.example/, problem.url",
    "http:///x, problem.url", "'http://a b/', problem.url"
  })
  void anAddressIsAnHttpAddressWithoutAPassword(String url, String problem) {
    assertEquals(problem, AddressRule.whyNot(url).orElse(""));
  }

  @Test
  void theSignatureIsThatOfTheDescription() {
    // By hand: printf '1763730300.{}' | openssl dgst -sha256 -hmac key
    assertEquals(
        "sha256=5566a96b5f6f016f5c8f3c49c04d92c650dbe382262c54775cd0ad7b438261c4",
        Signature.of("key", "1763730300", "{}".getBytes(StandardCharsets.UTF_8)));
  }

  private Outcome send(int status, boolean loopback, Message message) throws Exception {
    return WebhookChannel.opener(TEXT, new AddressRule(loopback), () -> Messages.AT)
        .open(
            Messages.setup(
                ChannelKind.WEBHOOK,
                SECRET,
                Map.of("url", "http://127.0.0.1:" + server.actualPort() + "/" + status)))
        .send(message);
  }
}
