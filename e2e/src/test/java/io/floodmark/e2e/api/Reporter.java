package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Somebody without an account who reports what they see. */
final class Reporter {
  private final RunningApi api;

  Reporter(RunningApi api) {
    this.api = api;
  }

  /** Files a report; returns the path of the page that only the reporter knows. */
  String file(Map<String, String> fields) throws IOException, InterruptedException {
    HttpResponse<String> answer = post("/report", fields);
    assertEquals(303, answer.statusCode(), answer.body());
    return answer.headers().firstValue("Location").orElseThrow().replace("?done=filed", "");
  }

  /** Submits a form. */
  HttpResponse<String> post(String path, Map<String, String> fields)
      throws IOException, InterruptedException {
    String body =
        fields.entrySet().stream()
            .map(
                field ->
                    field.getKey()
                        + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return api.send(
        HttpRequest.newBuilder(api.address(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }
}
