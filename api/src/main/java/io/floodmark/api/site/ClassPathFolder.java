package io.floodmark.api.site;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A folder of the class path with all its files, whether it lies in a directory or in a jar. */
final class ClassPathFolder {
  private ClassPathFolder() {}

  /**
   * Reads all files below {@code folder}.
   *
   * @param folder path with a slash at its end
   * @param knownFile a file that lies in it: class paths are asked for files, folders need not be
   *     entries of a jar
   * @return contents by path below the folder, in the order of the paths
   * @throws IOException if there is no such folder, or it cannot be read
   */
  static SortedMap<String, byte[]> read(ClassLoader loader, String folder, String knownFile)
      throws IOException {
    URL url = loader.getResource(folder + knownFile);
    if (url == null) {
      throw new IOException(
          "The class path has no " + folder + knownFile + ": build the module that brings it.");
    }
    URLConnection connection = url.openConnection();
    return connection instanceof JarURLConnection jar
        ? readJar(jar, folder)
        : readDirectory(url, knownFile);
  }

  private static SortedMap<String, byte[]> readJar(JarURLConnection connection, String folder)
      throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    // A cached jar is shared with the class loader, and closing it would close it for that too.
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
        JarEntry entry = entries.nextElement();
        if (!entry.isDirectory() && entry.getName().startsWith(folder)) {
          try (InputStream in = jar.getInputStream(entry)) {
            files.put(entry.getName().substring(folder.length()), in.readAllBytes());
          }
        }
      }
    }
    return files;
  }

  private static SortedMap<String, byte[]> readDirectory(URL url, String knownFile)
      throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    Path root;
    try {
      root = Path.of(url.toURI());
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new IOException("Not a folder to read from: " + url, e);
    }
    for (int i = 0; i < Path.of(knownFile).getNameCount(); i++) {
      root = root.getParent();
    }
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = walk.filter(Files::isRegularFile).toList();
    }
    for (Path path : paths) {
      files.put(
          root.relativize(path).toString().replace(path.getFileSystem().getSeparator(), "/"),
          Files.readAllBytes(path));
    }
    return files;
  }
}
