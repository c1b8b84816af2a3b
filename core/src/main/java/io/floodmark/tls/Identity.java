package io.floodmark.tls;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/**
 * Who we are to clients: a key, and certificates that say whose it is. Immutable.
 *
 * @param chain ours first, then those that lead to one that clients trust
 */
record Identity(PrivateKey key, List<X509Certificate> chain) {
  Identity {
    chain = List.copyOf(chain);
  }

  /** What the files say, if it is good for a server at {@code now}. */
  static Identity of(PemFile certificate, PemFile key, Instant now) throws UnusableFile {
    Identity identity = new Identity(key.privateKey(), certificate.certificates());
    if (!PemFile.fit(identity.key, identity.own())) {
      throw key.fault(
          "does not fit the first certificate in "
              + certificate.path()
              + ": put our own certificate first there, or name its key.");
    }
    if (identity.expiresAt().isBefore(now)) {
      throw certificate.fault("expired at " + identity.expiresAt() + ": get a new one.");
    }
    Instant begin = identity.own().getNotBefore().toInstant();
    if (begin.isAfter(now)) {
      throw certificate.fault(
          "is good only from " + begin + ": wait until then, or set this machine's clock.");
    }
    return identity;
  }

  /** The end of our own certificate's time. */
  Instant expiresAt() {
    Date end = own().getNotAfter();
    return end.toInstant();
  }

  private X509Certificate own() {
    return chain.get(0);
  }
}
