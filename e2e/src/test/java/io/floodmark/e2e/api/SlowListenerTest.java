package io.floodmark.e2e.api;

import static io.floodmark.e2e.api.RunningApi.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.api.ApiConfig;
import io.floodmark.api.ApiLimits;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Listeners that do not read what they are sent. */
final class SlowListenerTest {
  private static final int SENSORS = 300;
  private static final int ROUNDS = 25;

  @Test
  void whoReadsAgainGetsASnapshotInsteadOfTheBacklog() throws Exception {
    try (RunningApi api = RunningApi.start(RunningApi.config(Duration.ofSeconds(15), 10));
        Socket slow = listenWithoutReading(api);
        LiveEvents quick = api.listen()) {
      changeEverything(api, quick);
      int levels = 0;
      int snapshots = 0;
      slow.setSoTimeout(20_000);
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(slow.getInputStream(), StandardCharsets.UTF_8), 1 << 20);
      boolean sawTheEnd = false;
      while (!sawTheEnd) {
        String line = in.readLine();
        levels += line.equals("event: level") ? 1 : 0;
        snapshots += line.equals("event: snapshot") ? 1 : 0;
        // Read raw, chunk by chunk: a line may begin in the middle of an event.
        sawTheEnd = line.contains("\"depthMm\":" + ROUNDS + ",");
      }
      assertTrue(snapshots >= 2, "snapshots: " + snapshots);
      assertTrue(levels < SENSORS * ROUNDS / 2, "levels: " + levels);
    }
  }

  @Test
  void whoNeverReadsAgainIsGivenUp() throws Exception {
    ApiConfig impatient =
        ApiConfig.of("127.0.0.1", 0, RunningApi.WARD)
            .withLimits(new ApiLimits(4, 64, 10, Duration.ofMillis(200), Duration.ofSeconds(2)));
    try (RunningApi api = RunningApi.start(impatient);
        Socket slow = listenWithoutReading(api);
        LiveEvents quick = api.listen()) {
      changeEverything(api, quick);
      long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (api.server.liveClients() > 1 && System.nanoTime() < deadline) {
        quick.next();
      }
      assertEquals(1, api.server.liveClients());
      assertTrue(slow.isConnected());
    }
  }

  /**
   * Changes every sensor many times, some four megabytes of events, and waits until all is told.
   */
  private static void changeEverything(RunningApi api, LiveEvents quick) throws Exception {
    api.street.execute(
        """
        INSERT INTO sensor (code, name, kind, lon, lat, mount_height_mm, token_sha256)
        SELECT 's' || lpad(n::text, 3, '0'), 'Ngã tư Bần', 'distance', 106, 20.9, 3000,
               decode(repeat('00', 32), 'hex')
        FROM generate_series(1, ?) n
        """,
        SENSORS);
    for (int round = 1; round <= ROUNDS; round++) {
      api.street.execute(
          """
          WITH changed AS (
            UPDATE sensor_state
            SET version = version + 1, last_arrival_at = ?, evaluated_at = ?,
                evaluated_arrival_at = ?, observed_at = ?, depth_mm = ?, qc = 1, level = 0
            RETURNING sensor_id
          )
          SELECT pg_notify('floodmark_reading', string_agg(sensor_id::text, ',')) FROM changed
          """,
          NOON,
          NOON,
          NOON,
          NOON,
          round);
      LiveEvents.Event event = quick.next();
      while (!event.data().contains("\"depthMm\":" + round + ",")) {
        event = quick.next();
      }
    }
  }

  private static Socket listenWithoutReading(RunningApi api) throws Exception {
    Socket socket = new Socket();
    // A small window, so that what is not read stays with the server.
    socket.setReceiveBufferSize(32 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.server.port()));
    OutputStream out = socket.getOutputStream();
    out.write(
        "GET /api/v1/live HTTP/1.1\r\nHost: ward\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }
}
