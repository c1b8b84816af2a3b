package io.floodmark.e2e.api;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import io.floodmark.api.access.SecretToken;
import io.floodmark.e2e.Chromium;
import io.floodmark.schema.Database;
import io.floodmark.staff.Right;
import io.floodmark.staff.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A browser in which somebody of the ward office is signed in; the session is put into the
 * database.
 */
final class StaffClient {
  private static final String BOUNDARY = "----floodmark-test-boundary";

  private final RunningApi api;
  private final String cookie;
  final String csrf;
  final int staffId;
  final String login;

  private StaffClient(RunningApi api, String cookie, String csrf, int staffId, String login) {
    this.api = api;
    this.cookie = cookie;
    this.csrf = csrf;
    this.staffId = staffId;
    this.login = login;
  }

  /** A window of {@code chromium} in which they are signed in; a narrow one is touched. */
  BrowserContext browser(Chromium chromium, int width, ColorScheme scheme) {
    BrowserContext context =
        chromium
            .browser()
            .newContext(
                new Browser.NewContextOptions()
                    .setViewportSize(width, 800)
                    .setColorScheme(scheme)
                    .setHasTouch(width < 700)
                    .setTimezoneId("Asia/Ho_Chi_Minh"));
    context.addCookies(
        List.of(
            new Cookie("floodmark_session", "session-of-" + login)
                .setUrl(api.address("/").toString())));
    return context;
  }

  static StaffClient signIn(RunningApi api, Database database, Role role, Right... granted)
      throws SQLException {
    try (Connection connection = database.connect();
        PreparedStatement staff =
            connection.prepareStatement(
                """
                INSERT INTO staff (login, name, role, sees_households, password_hash, password_changed_at, created_at)
                VALUES (? || (SELECT count(*) FROM staff), 'Cán bộ thử', ?, ?, 'none', ?, ?)
                RETURNING id, login
                """);
        PreparedStatement session =
            connection.prepareStatement(
                """
                INSERT INTO staff_session
                  (token_sha256, staff_id, csrf_token, created_at, seen_at, expires_at, address, device)
                VALUES (?, ?, ?, ?, ?, ?, '127.0.0.1', 'test')
                """)) {
      var now = api.clock.instant().atOffset(ZoneOffset.UTC);
      staff.setString(1, role.key());
      staff.setString(2, role.key());
      staff.setBoolean(3, Arrays.asList(granted).contains(Right.SEE_HOUSEHOLDS));
      staff.setObject(4, now);
      staff.setObject(5, now);
      try (ResultSet row = staff.executeQuery()) {
        row.next();
        int id = row.getInt(1);
        String login = row.getString(2);
        String secret = "session-of-" + login;
        session.setBytes(1, SecretToken.sha256(secret));
        session.setInt(2, id);
        session.setString(3, "csrf-of-" + login);
        session.setObject(4, now);
        session.setObject(5, now);
        session.setObject(6, now.plusDays(30));
        session.executeUpdate();
        return new StaffClient(api, "floodmark_session=" + secret, "csrf-of-" + login, id, login);
      }
    }
  }

  /** A page or data. */
  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return api.get(path, "Cookie", cookie, "Accept", "text/html,application/json;q=0.9");
  }

  /** Bytes: a photo, a PDF, a file. */
  HttpResponse<byte[]> getBytes(String path) throws IOException, InterruptedException {
    return api.getBytes(path, "Cookie", cookie);
  }

  /** Submits a form as its page would, with the session's token. */
  HttpResponse<String> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    String body =
        "csrf="
            + encode(csrf)
            + fields.entrySet().stream()
                .map(field -> "&" + encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining());
    return text(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  /** A file of a form. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(String field, String fileName, byte[] content) {}

  /** Submits a form with files. */
  HttpResponse<String> postFiles(String path, Map<String, String> fields, List<Part> parts)
      throws IOException, InterruptedException {
    return text(
        request(path)
            .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
            .POST(HttpRequest.BodyPublishers.ofByteArray(multipart(fields, parts)))
            .build());
  }

  /** Sends JSON as a script of ours would. */
  HttpResponse<String> json(String method, String path, String body)
      throws IOException, InterruptedException {
    return text(
        request(path)
            .header("Content-Type", "application/json")
            .header("X-CSRF-Token", csrf)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private byte[] multipart(Map<String, String> fields, List<Part> parts) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    part(body, "name=\"csrf\"", csrf.getBytes(StandardCharsets.UTF_8));
    for (Map.Entry<String, String> field : fields.entrySet()) {
      part(
          body,
          "name=\"" + field.getKey() + "\"",
          field.getValue().getBytes(StandardCharsets.UTF_8));
    }
    for (Part part : parts) {
      part(
          body,
          "name=\"" + part.field() + "\"; filename=\"" + part.fileName() + "\"",
          part.content());
    }
    body.write(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
    return body.toByteArray();
  }

  private static void part(ByteArrayOutputStream body, String disposition, byte[] content)
      throws IOException {
    body.write(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
            .getBytes(StandardCharsets.UTF_8));
    body.write(content);
    body.write("\r\n".getBytes(StandardCharsets.UTF_8));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(api.address(path))
        .timeout(Duration.ofSeconds(30))
        .header("Cookie", cookie);
  }

  private HttpResponse<String> text(HttpRequest request) throws IOException, InterruptedException {
    return api.send(request);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
