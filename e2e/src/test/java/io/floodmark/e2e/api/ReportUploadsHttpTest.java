package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase;
import io.floodmark.staff.Role;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What anybody can make the server hold and decode. */
final class ReportUploadsHttpTest {
  private static final int OF_ADDRESS_MAX = 4;
  private static final int TRIES_MAX = 500;
  private static final List<StaffClient.Part> BROKEN =
      List.of(new StaffClient.Part("photos", "x.jpg", new byte[] {1, 2, 3}));
  private static final Map<String, String> GOOD =
      Map.of("category", "other", "text", "Cột điện nghiêng", "place", "Ngõ 3");

  private RunningApi api;

  @BeforeEach
  void start() throws Exception {
    api = RunningApi.start(TestDatabase.Engine.EMBEDDED);
  }

  @AfterEach
  void stop() throws Exception {
    if (api != null) {
      api.close();
    }
  }

  @Test
  void aLinkThatOpensNothingIsRefusedBeforeItsBodyIsRead() throws Exception {
    assertEquals(404, noForm("/r/" + "a".repeat(43) + "/message").statusCode());
    assertEquals(415, noForm(file() + "/message").statusCode());
  }

  @Test
  void whoHasFiledTooMuchIsToldSoBeforeAnyPhotoIsDecoded() throws Exception {
    StaffClient client = api.signIn(Role.VIEWER);
    assertEquals(422, client.postFiles("/report", GOOD, BROKEN).statusCode());
    for (int i = 0; i < 10; i++) {
      file();
    }
    HttpResponse<String> refused = client.postFiles("/report", GOOD, BROKEN);
    assertEquals(429, refused.statusCode());
    assertTrue(refused.body().contains("Cột điện nghiêng"), "kept");
    assertEquals(429, client.postFiles("/api/v1/reports", GOOD, BROKEN).statusCode());
  }

  @Test
  void aFormThatIsWrongAnywayCostsNoDecoding() throws Exception {
    HttpResponse<String> wrong =
        api.signIn(Role.VIEWER).postFiles("/report", Map.of("place", "Ngõ 3"), BROKEN);
    assertEquals(422, wrong.statusCode());
    assertTrue(wrong.body().contains("Hãy chọn loại việc."), wrong.body());
    assertTrue(!wrong.body().contains("không phải là ảnh"), "not even looked at");
  }

  @Test
  void whoHoldsAsManyLargeBodiesOpenAsAnAddressMayIsToldToComeAgainButWordsAreTaken()
      throws Exception {
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < OF_ADDRESS_MAX; i++) {
        open.add(halfSent());
      }
      HttpResponse<String> refused = large();
      for (int i = 0; i < TRIES_MAX && refused.statusCode() != 503; i++) {
        // Those half sent are still being looked at on other threads, or were turned away
        // themselves because what was sent before them had not been put away yet.
        open.add(halfSent());
        refused = large();
      }
      assertEquals(503, refused.statusCode());
      assertTrue(refused.headers().firstValue("Retry-After").isPresent());
      file();
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
    HttpResponse<String> again = large();
    for (int i = 0; i < TRIES_MAX && again.statusCode() == 503; i++) {
      again = large();
    }
    assertEquals(400, again.statusCode(), "let in, and found to be no form of ours");
  }

  private HttpResponse<String> large() throws Exception {
    String form =
        "--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\n%s\r\n--x--\r\n"
            .formatted("a ".repeat(200_000));
    return api.send(
        HttpRequest.newBuilder(api.address("/report"))
            .header("Content-Type", "multipart/form-data; boundary=x")
            .header("Accept", "text/html")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build());
  }

  private Socket halfSent() throws Exception {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port());
    socket
        .getOutputStream()
        .write(
            """
            POST /report HTTP/1.1\r
            Host: 127.0.0.1\r
            Content-Type: multipart/form-data; boundary=x\r
            Content-Length: 1000000\r
            \r
            --x\r
            """
                .getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private HttpResponse<String> noForm(String path) throws Exception {
    return api.send(
        HttpRequest.newBuilder(api.address(path))
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("no form"))
            .build());
  }

  private String file() throws Exception {
    HttpResponse<String> answer =
        api.send(
            HttpRequest.newBuilder(api.address("/report"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("category=other&text=a&place=b"))
                .build());
    assertEquals(303, answer.statusCode(), answer.body());
    return answer.headers().firstValue("Location").orElseThrow().replace("?done=filed", "");
  }
}
