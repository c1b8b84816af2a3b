package io.floodmark.api.site;

import io.floodmark.api.http.Representation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * The web client as it is served: read once from the class path, compressed once, kept in memory.
 * Immutable, safe for use by any thread.
 *
 * <p>All files lie under a path that holds the hash of all of them. So a browser may keep them for
 * ever, and after an upgrade loads all of the new ones, never a mixture.
 */
public final class Site {
  private static final String INDEX = "index.html";
  private static final String BASE_MARK = "{{base}}";
  private static final String LEAFLET = "leaflet/";

  private final String hash;
  private final Representation index;
  private final Map<String, Representation> files;

  private Site(String hash, Representation index, Map<String, Representation> files) {
    this.hash = hash;
    this.index = index;
    this.files = Map.copyOf(files);
  }

  /**
   * Reads the site.
   *
   * @param folder of the class path with {@code index.html}, with a slash at its end
   * @throws IOException if the client or Leaflet is not on the class path
   */
  public static Site load(ClassLoader loader, String folder) throws IOException {
    SortedMap<String, byte[]> contents = ClassPathFolder.read(loader, folder, INDEX);
    ClassPathFolder.read(loader, leafletFolder(), "leaflet.js").entrySet().stream()
        .filter(file -> !isForDevelopers(file.getKey()))
        .forEach(file -> contents.put(LEAFLET + file.getKey(), file.getValue()));
    byte[] page = contents.get(INDEX);
    byte[][] hashed =
        contents.entrySet().stream()
            .flatMap(
                file ->
                    Stream.of(
                        // Names and lengths too, so that no two sites give the same bytes.
                        (file.getKey() + "\n" + file.getValue().length + "\n")
                            .getBytes(StandardCharsets.UTF_8),
                        file.getValue()))
            .toArray(byte[][]::new);
    String hash = Representation.hash(hashed);
    contents.remove(INDEX);
    Map<String, Representation> files = new HashMap<>();
    contents.forEach((path, content) -> files.put(path, represent(path, content)));
    String html = new String(page, StandardCharsets.UTF_8).replace(BASE_MARK, "/static/" + hash);
    return new Site(hash, represent(INDEX, html.getBytes(StandardCharsets.UTF_8)), files);
  }

  /** The hash of all files, the folder under which they are served. */
  String hash() {
    return hash;
  }

  /** The path below which the files lie, without a slash at its end. */
  public String base() {
    return "/static/" + hash;
  }

  /** The page. */
  Representation index() {
    return index;
  }

  /** The file of this path, other than the page. */
  Optional<Representation> find(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** Leaflet's sources and their maps: most of its bytes, and no page asks for them. */
  private static boolean isForDevelopers(String leafletPath) {
    return leafletPath.startsWith("leaflet-src") || leafletPath.endsWith(".map");
  }

  private static Representation represent(String path, byte[] content) {
    MediaType type = MediaType.of(path);
    return Representation.lasting(type.value(), content, type.compressible());
  }

  /** The WebJar's folder has its version in its name, which the build writes down for us. */
  private static String leafletFolder() throws IOException {
    Properties build = new Properties();
    try (InputStream in = Site.class.getResourceAsStream("webjars.properties")) {
      build.load(in);
    }
    return "META-INF/resources/webjars/leaflet/" + build.getProperty("leaflet") + "/dist/";
  }
}
