package io.floodmark.api.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SiteTest {
  private static final String FOLDER = "some/site/";
  private static final Map<String, String> FILES =
      new TreeMap<>(
          Map.of(
              "index.html", "<script src=\"{{base}}/app.js\"></script>{{base}}",
              "app.js", "import './parts/map.js';",
              "parts/map.js", "export {};"));

  @TempDir private Path folder;

  @Test
  void aFolderAndAJarGiveTheSameSite() throws IOException {
    Site unpacked = load(directory(FILES));
    Site packed = load(jar(FILES));
    assertEquals(unpacked.hash(), packed.hash());
    assertEquals("export {};", body(packed, "parts/map.js"));
    assertEquals(body(unpacked, "parts/map.js"), body(packed, "parts/map.js"));
  }

  @Test
  void thePageNamesThePathOfItsFiles() throws IOException {
    Site site = load(directory(FILES));
    String base = "/static/" + site.hash();
    assertEquals(
        "<script src=\"" + base + "/app.js\"></script>" + base,
        site.index().plain().toString(StandardCharsets.UTF_8));
    assertTrue(site.find("index.html").isEmpty());
  }

  @Test
  void leafletIsAmongTheFiles() throws IOException {
    Site site = load(directory(FILES));
    assertTrue(site.find("leaflet/leaflet.js").orElseThrow().plain().length() > 100_000);
    assertEquals("image/png", site.find("leaflet/images/layers.png").orElseThrow().contentType());
  }

  @Test
  void oneChangedFileChangesThePathOfAll() throws IOException {
    Map<String, String> changed = new TreeMap<>(FILES);
    changed.put("parts/map.js", "export {}");
    assertNotEquals(load(directory(FILES)).hash(), load(jar(changed)).hash());
  }

  @Test
  void aFileThatIsNotThereIsNotFound() throws IOException {
    Site site = load(directory(FILES));
    assertTrue(site.find("parts").isEmpty());
    assertTrue(site.find("../app.js").isEmpty());
  }

  @Test
  void aSiteThatIsNotOnTheClassPathIsNamed() {
    IOException missing =
        assertThrows(
            IOException.class, () -> Site.load(SiteTest.class.getClassLoader(), "no/such/folder/"));
    assertTrue(missing.getMessage().contains("no/such/folder/index.html"), missing.getMessage());
  }

  @Test
  void filesAreWhatTheirNamesSay() {
    assertEquals("text/javascript; charset=utf-8", MediaType.of("a/b.MJS").value());
    assertEquals("application/manifest+json", MediaType.of("manifest.webmanifest").value());
    assertEquals("image/svg+xml", MediaType.of("favicon.svg").value());
    assertEquals("application/geo+json", MediaType.of("ward.geojson").value());
    assertEquals("application/octet-stream", MediaType.of("LICENSE").value());
  }

  private static Site load(URL classPath) throws IOException {
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classPath}, SiteTest.class.getClassLoader())) {
      return Site.load(loader, FOLDER);
    }
  }

  private static String body(Site site, String path) {
    return site.find(path).orElseThrow().plain().toString(StandardCharsets.UTF_8);
  }

  private URL directory(Map<String, String> files) throws IOException {
    Path root = folder.resolve("classes");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(FOLDER).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return root.toUri().toURL();
  }

  /** A jar without entries for folders, as shading makes them. */
  private URL jar(Map<String, String> files) throws IOException {
    Path path = folder.resolve("site.jar");
    try (OutputStream out = Files.newOutputStream(path);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        jar.putNextEntry(new JarEntry(FOLDER + file.getKey()));
        jar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    }
    return path.toUri().toURL();
  }
}
