package io.floodmark.tls;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where certificates and keys are, all of them PEM.
 *
 * @param certificate ours, and behind it those that lead to one that clients trust
 * @param key its private key, as PKCS#8
 * @param clientCa whose certificates sensors may sign in with; empty if they may not
 */
public record TlsFiles(Path certificate, Path key, Optional<Path> clientCa) {
  /** One of the files, by the setting that names it. */
  enum Part {
    CERTIFICATE("tls.certificate"),
    KEY("tls.key"),
    CLIENT_CA("tls.client.ca");

    private final String setting;

    Part(String setting) {
      this.setting = setting;
    }

    String setting() {
      return setting;
    }
  }
}
