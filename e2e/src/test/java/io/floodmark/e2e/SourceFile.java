package io.floodmark.e2e;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * A text file of the checkout.
 *
 * @param path where it is below the top folder, with forward slashes
 * @param text all of it
 */
record SourceFile(String path, String text) {

  private static final Set<String> KINDS =
      Set.of(
          "java",
          "js",
          "mjs",
          "css",
          "html",
          "svg",
          "json",
          "sql",
          "xml",
          "yml",
          "yaml",
          "md",
          "properties",
          "sh",
          "txt");

  /** Files without a kind in their name, by name. */
  private static final Set<String> NAMES =
      Set.of("Dockerfile", ".gitignore", ".dockerignore", ".editorconfig", "NOTICE");

  /** What builds, runs and tools leave in a checkout. */
  private static final Set<String> NOT_OURS =
      Set.of(
          ".git", ".idea", ".vscode", "target", "node_modules", "floodmark-data", "floodmark-demo");

  /** Every text file of ours, by path. Works without Git, on what is in the folder. */
  static List<SourceFile> all() throws IOException {
    Path root = Checkout.root();
    List<SourceFile> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return NOT_OURS.contains(folder.getFileName().toString())
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            String path = root.relativize(file).toString().replace('\\', '/');
            if (isText(path)) {
              found.add(new SourceFile(path, Files.readString(file)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(Comparator.comparing(SourceFile::path));
    return found;
  }

  private static boolean isText(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return NAMES.contains(name)
        || KINDS.contains(name.substring(name.lastIndexOf('.') + 1))
        || path.startsWith(".ci/")
        || path.startsWith(".mvn/");
  }

  /** Whether the name ends in one of these kinds, given without a dot. */
  boolean isOneOf(String... kinds) {
    return List.of(kinds).contains(path.substring(path.lastIndexOf('.') + 1));
  }

  /** The text with comments blanked out and everything else where it was. */
  String withoutComments() {
    return new Blanker(text, style(), true, false).blanked();
  }

  /** The text with the insides of string and character literals blanked out. */
  String withoutLiterals() {
    return new Blanker(text, style(), false, true).blanked();
  }

  /** What a compiler acts on: neither comments nor the insides of literals. */
  String code() {
    return new Blanker(text, style(), true, true).blanked();
  }

  /** Line of an offset into the text, counted from 1. */
  int lineOf(int offset) {
    return 1 + (int) text.substring(0, offset).chars().filter(c -> c == '\n').count();
  }

  private Blanker.Style style() {
    if (isOneOf("java", "js", "mjs")) {
      return Blanker.Style.JAVA;
    }
    return isOneOf("css") ? Blanker.Style.CSS : Blanker.Style.MARKUP;
  }
}
