package io.floodmark.tls;

import java.nio.file.Path;

/** A file cannot serve as certificate or key; the message names its setting and what to do. */
public final class UnusableFile extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableFile(TlsFiles.Part part, Path file, String why) {
    super(part.setting() + " = " + file + " " + why);
  }
}
