package io.floodmark.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, from its start to its stop. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // some start four, and databases with them
class ServeCommandTest {
  private static final Pattern READY =
      Pattern.compile("Ready: map at (http://[^/]+)/, sensors at mqtt://127\\.0\\.0\\.1:(\\d+)");
  private static final Pattern READY_TO_BE_WATCHED =
      Pattern.compile("Ready: sensors at mqtt://.*, health and figures at (http://[^/]+)/");
  private static final Pattern READY_SECURELY =
      Pattern.compile("Ready: map at https://127.0.0.1:(\\d+)/, sensors at mqtts://127.0.0.1:\\d+");
  private static final Pattern FIRST_ACCOUNT =
      Pattern.compile("The first account: admin / (\\S{8,})");

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void killWhatIsLeft() throws InterruptedException {
    for (Process process : started) {
      process.destroy();
      process.waitFor(60, TimeUnit.SECONDS);
    }
  }

  @Test
  void itAnswersUntilItIsStoppedAndLeavesNothingRunning() throws Exception {
    Process server = floodmark("serve", "--http-port=0", "--mqtt-port=0");
    BufferedReader said = server.inputReader();
    String map = awaitReady(said);
    awaitReadiness(map);
    assertAnIngestBesideItShowsHowItIs();

    String port = map.substring(map.lastIndexOf(':') + 1);
    assertEndsWith(1, "is taken by another program", "serve", "--http-port=" + port);
    assertEndsWith(1, "in use by process " + server.pid(), "serve", "--http-port=0");
    assertEndsWith(1, "is the data folder of a `serve`", "demo", "--http-port=0");

    server.destroy();
    assertTrue(server.waitFor(60, TimeUnit.SECONDS));
    assertEquals(0, server.exitValue());
    assertFalse(Files.exists(folder.resolve("data/database/postmaster.pid")));
  }

  private void assertAnIngestBesideItShowsHowItIs() throws Exception {
    Properties access = new Properties();
    try (Reader reader = Files.newBufferedReader(folder.resolve("data/access.properties"))) {
      access.load(reader);
    }
    Process ingest =
        floodmark(
            "serve",
            "--role=ingest",
            "--http-port=0",
            "--mqtt-port=0",
            "--db-url=jdbc:postgresql://127.0.0.1:%s/floodmark?sslmode=disable"
                .formatted(access.getProperty("port")),
            "--db-user=floodmark",
            "--db-password=" + access.getProperty("floodmark.password"));
    String watch = await(ingest.inputReader(), READY_TO_BE_WATCHED);
    assertEquals(200, status(watch + "/health/live"));
    String ready = body(watch + "/health/ready");
    assertTrue(ready.contains("{\"name\":\"mqtt\",\"status\":\"up\""), ready);
    assertEquals(401, status(watch + "/metrics"));
    assertEquals(404, status(watch + "/"));
    ingest.destroy();
    assertTrue(ingest.waitFor(60, TimeUnit.SECONDS));
  }

  @Test
  void itShowsItsFiguresSaysWhetherItIsReadyAndLogsNoSecret() throws Exception {
    Process server =
        floodmark(
            "serve", "--http-port=0", "--mqtt-port=0", "--metrics-open=true", "--log-format=json");
    BufferedReader said = server.inputReader();
    Matcher addresses = awaitAddresses(said);
    String map = addresses.group(1);
    String ready = awaitReadiness(map);
    for (String check : List.of("database", "commit", "mqtt", "disk")) {
      assertTrue(ready.contains("{\"name\":\"" + check + "\",\"status\":\"up\""), ready);
    }
    String figures = body(map + "/metrics");
    for (String figure :
        List.of(
            "floodmark_database_up 1",
            "floodmark_readings_committed_total 0",
            "floodmark_queue_messages 0",
            "floodmark_mqtt_refused_connections_total{reason=\"not_authorized\"} 0",
            "floodmark_mqtt_commit_seconds_bucket{le=\"0.001\"} 0",
            "floodmark_commit_batch_readings_count 0",
            "floodmark_database_away 0",
            "floodmark_database_away_seconds_total 0",
            "floodmark_database_outage_seconds 0",
            "floodmark_mqtt_durable_sessions{state=\"offline\"} 0",
            "floodmark_broker_subscriptions 0",
            "floodmark_broker_retained_messages{of=\"clients\"} 0",
            "floodmark_broker_queued_messages{state=\"offline\"} 0",
            "floodmark_broker_unwritten_limit_bytes 3.3554432E7",
            "floodmark_http_answers_total{status=\"200\"} 2",
            "floodmark_http_answer_seconds_count 2",
            "floodmark_http_limit_database_calls 264",
            "jvm_memory_used_bytes{")) {
      assertTrue(figures.contains(figure), figure + " in\n" + figures);
    }
    String secret = "a-secret-that-nobody-may-log";
    HttpRequest signIn =
        HttpRequest.newBuilder(URI.create(map + "/api/v1/session"))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + secret)
            .POST(
                HttpRequest.BodyPublishers.ofString(
                    "{\"login\":\"admin\",\"password\":\"" + secret + "\"}"))
            .build();
    HttpClient.newHttpClient().send(signIn, BodyHandlers.discarding());
    body(map + "/staff?token=" + secret);
    assertEquals(5, connect(Integer.parseInt(addresses.group(2)), "nobody", secret));

    // The process itself would close what it still has to say.
    server.toHandle().destroy();
    List<String> log = said.lines().toList();
    assertTrue(server.waitFor(60, TimeUnit.SECONDS));
    assertTrue(log.stream().noneMatch(line -> line.contains(secret)), log::toString);
    assertTrue(log.stream().anyMatch(line -> line.startsWith("{\"timestamp\":")), log::toString);
  }

  @Test
  void theFirstStartPrintsTheFirstAccountAndTheSecondDoesNot() throws Exception {
    TestAuthority authority = TestAuthority.ofAnyTime("test authority");
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    authority.issue("localhost").write(certificate, key);
    Process first =
        floodmark(
            "serve",
            "--http-port=off",
            "--https-port=0",
            "--mqtt-port=off",
            "--mqtts-port=0",
            "--tls-certificate=" + certificate,
            "--tls-key=" + key);
    BufferedReader said = first.inputReader();
    String port = await(said, READY_SECURELY);
    String cookie = cookieOfFirstAccount(authority, port, await(said, FIRST_ACCOUNT));
    assertTrue(cookie.contains("; Secure"), cookie);
    first.destroy();
    assertTrue(first.waitFor(60, TimeUnit.SECONDS));

    Process second = floodmark("serve", "--http-port=0", "--mqtt-port=0");
    BufferedReader again = second.inputReader();
    awaitReady(again);
    // The process itself would close what it still has to say.
    second.toHandle().destroy();
    assertEquals(0, again.lines().filter(FIRST_ACCOUNT.asPredicate()).count());
    assertTrue(second.waitFor(60, TimeUnit.SECONDS));
  }

  @Test
  void aKeyThatIsNotThereStopsTheStart() throws Exception {
    Path certificate = folder.resolve("certificate.pem");
    Path key = folder.resolve("key.pem");
    TestAuthority.ofAnyTime("test authority").issue("localhost").write(certificate, key);
    Files.delete(key);
    assertEndsWith(
        2,
        "tls.key = " + key + " does not exist",
        "serve",
        "--https-port=0",
        "--tls-certificate=" + certificate,
        "--tls-key=" + key);
  }

  @Test
  void aCommandThatIsStoppedBeforeItsWorkIsDoneSaysSo() throws Exception {
    try (DataFolder starting = DataFolder.open(folder.resolve("data"), FolderKind.SERVE)) {
      Process list = floodmark("sensor", "list");
      BufferedReader said = list.inputReader();
      String first = said.readLine();
      assertTrue(first.contains("Waiting for the database"), first);
      // The process itself would close what it still has to say.
      list.toHandle().destroy();
      assertTrue(list.waitFor(60, TimeUnit.SECONDS));
      assertEquals("Stopped; nothing was changed.", said.lines().toList().get(0));
      assertEquals(1, list.exitValue());
      assertTrue(Files.exists(starting.root()));
    }
  }

  @Test
  void rolesNeedADatabaseThatTheyCanShare() throws Exception {
    assertEndsWith(2, "--role api needs db.url", "serve", "--role=api");
  }

  @Test
  void aDemoTakesNoDatabaseOfAnothers() throws Exception {
    Path file = folder.resolve("settings");
    Files.writeString(file, "db.url=jdbc:postgresql://127.0.0.1:1/nothing\n");
    assertEndsWith(2, "db.url is set", "demo", "--config=" + file);
  }

  private void assertEndsWith(int exitCode, String message, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.add("--mqtt-port=0");
    Process process = floodmark(line.toArray(String[]::new));
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(exitCode, process.exitValue(), said);
    String last = said.strip().lines().reduce("", (before, next) -> next);
    assertTrue(last.contains(message), said);
  }

  private Process floodmark(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    command.add("--data-dir=" + folder.resolve("data"));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("FLOODMARK_"));
    Process process = builder.start();
    started.add(process);
    return process;
  }

  private static String awaitReady(BufferedReader said) throws IOException {
    return awaitAddresses(said).group(1);
  }

  private static Matcher awaitAddresses(BufferedReader said) throws IOException {
    return awaitMatch(said, READY);
  }

  private static String await(BufferedReader said, Pattern words) throws IOException {
    return awaitMatch(said, words).group(1);
  }

  private static Matcher awaitMatch(BufferedReader said, Pattern words) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      // As JSON may have it, a slash has another before it.
      Matcher ready = words.matcher(line.replace("\\/", "/"));
      if (ready.find()) {
        return ready;
      }
      all.append(line).append('\n');
    }
    throw new AssertionError("It ended before it said so:\n" + all);
  }

  private static String cookieOfFirstAccount(TestAuthority authority, String port, String password)
      throws Exception {
    String body = "{\"login\":\"admin\",\"password\":\"%s\"}".formatted(password);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("https://localhost:" + port + "/api/v1/session"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpClient client = HttpClient.newBuilder().sslContext(authority.client()).build();
    return client
        .send(request, BodyHandlers.ofString())
        .headers()
        .firstValue("Set-Cookie")
        .orElse("none");
  }

  /** Signs in over MQTT 3.1.1; returns the return code of its CONNACK (§3.2.2.3). */
  private static int connect(int port, String user, String password) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(body)) {
      out.writeUTF("MQTT");
      out.write(new byte[] {4, (byte) 0xC2, 0, 60}); // user name, password, clean session
      out.writeUTF("client");
      out.writeUTF(user);
      out.writeUTF(password);
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(new byte[] {0x10, (byte) body.size()});
      out.write(body.toByteArray());
      return socket.getInputStream().readNBytes(4)[3];
    }
  }

  /** What it says once it is ready: the first look of all may take longer than one is let wait. */
  private static String awaitReadiness(String map) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (status(map + "/health/ready") != 200) {
      assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60), "It is never ready.");
    }
    return body(map + "/health/ready");
  }

  private static String body(String address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static int status(String address) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }
}
