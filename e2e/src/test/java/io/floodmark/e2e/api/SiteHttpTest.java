package io.floodmark.e2e.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.floodmark.e2e.TestDatabase.Engine;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class SiteHttpTest {
  private static RunningApi api;
  private static String base = "";

  @BeforeAll
  static void start() throws Exception {
    api = RunningApi.start(Engine.EMBEDDED);
    Matcher path = Pattern.compile("/static/[0-9a-f]{24}").matcher(api.get("/").body());
    assertTrue(path.find());
    base = path.group();
  }

  @AfterAll
  static void stop() throws Exception {
    api.close();
  }

  @Test
  void thePageIsAskedForAgainEachTimeAndLoadsOnlyFromHere() throws Exception {
    HttpResponse<String> page = api.get("/");
    assertEquals("text/html; charset=utf-8", header(page, "Content-Type"));
    assertEquals("no-cache", header(page, "Cache-Control"));
    assertEquals(
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
            + " form-action 'self'; frame-ancestors 'self'",
        header(page, "Content-Security-Policy"));
    assertEquals("nosniff", header(page, "X-Content-Type-Options"));
    assertEquals("same-origin", header(page, "Referrer-Policy"));
    assertTrue(header(page, "Permissions-Policy").contains("camera=()"));
    assertFalse(page.body().contains("{{"));
    assertEquals(304, api.get("/", "If-None-Match", header(page, "ETag")).statusCode());
  }

  @Test
  void everyFileThatThePageNamesIsThere() throws Exception {
    Matcher address =
        Pattern.compile("(?:src|href)=\"(/static/[^\"]+)\"").matcher(api.get("/").body());
    int files = 0;
    while (address.find()) {
      assertEquals(200, api.get(address.group(1)).statusCode(), address.group(1));
      files++;
    }
    assertTrue(files >= 5, "files: " + files);
  }

  @Test
  void aFileMayBeKeptForEver() throws Exception {
    HttpResponse<String> file = api.get(base + "/leaflet/leaflet.js");
    assertEquals("text/javascript; charset=utf-8", header(file, "Content-Type"));
    assertEquals("public, max-age=31536000, immutable", header(file, "Cache-Control"));
    String etag = header(file, "ETag");
    assertTrue(etag.startsWith("\""), etag);
    HttpResponse<String> known =
        api.get(base + "/leaflet/leaflet.js", "If-None-Match", "\"other\", " + etag);
    assertEquals(304, known.statusCode());
    assertEquals("", known.body());
  }

  @Test
  void aCompressedFileUnpacksToThePlainOne() throws Exception {
    HttpResponse<byte[]> plain = api.getBytes(base + "/leaflet/leaflet.js");
    HttpResponse<byte[]> gzip =
        api.getBytes(base + "/leaflet/leaflet.js", "Accept-Encoding", "gzip, br");
    assertEquals("gzip", gzip.headers().firstValue("Content-Encoding").orElseThrow());
    assertEquals("Accept-Encoding", gzip.headers().firstValue("Vary").orElseThrow());
    assertNotEquals(plain.headers().firstValue("ETag"), gzip.headers().firstValue("ETag"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzip.body()))) {
      assertArrayEquals(plain.body(), in.readAllBytes());
    }
  }

  @Test
  void aHeadHasTheLengthAndNoBody() throws Exception {
    HttpResponse<String> head = api.send("HEAD", base + "/leaflet/leaflet.css");
    assertEquals(200, head.statusCode());
    assertEquals("", head.body());
    assertEquals(
        api.getBytes(base + "/leaflet/leaflet.css").body().length,
        Integer.parseInt(header(head, "Content-Length")));
  }

  @Test
  void aPageOfBeforeAnUpgradeGetsTheFileOfNowButMayNotKeepIt() throws Exception {
    HttpResponse<String> old = api.get("/static/" + "0".repeat(24) + "/leaflet/leaflet.js");
    assertEquals(200, old.statusCode());
    assertEquals("no-cache", header(old, "Cache-Control"));
  }

  @Test
  void whatIsNoFileIsNotFound() throws Exception {
    for (String path :
        new String[] {"/nothing.js", "/", "/leaflet/", "/leaflet/../index.html", "/index.html"}) {
      assertEquals(404, api.get(base + path).statusCode(), path);
    }
    assertEquals(404, api.get("/static/").statusCode());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }
}
