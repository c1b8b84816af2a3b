package io.floodmark.server;

import java.util.Locale;

/** Whose data folder it is: made-up sensors and real ones never share one. */
public enum FolderKind {
  /** Belongs to {@code demo}: everything in it is made up. */
  DEMO,
  /** Belongs to {@code serve}. */
  SERVE;

  /** The command to which such a folder belongs, as it stands in the folder's marker. */
  public String command() {
    return name().toLowerCase(Locale.ROOT);
  }
}
