package io.floodmark.ingest.mqtt;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * Whom a client's certificate names: the one common name (CN) of its subject, which has to be a
 * sensor's code. That an authority of ours signed it, and that its time is not over, TLS has seen
 * to by then.
 */
final class ClientCertificate {
  private ClientCertificate() {}

  /** Empty without TLS, without a certificate, or if it has no common name or several. */
  static Optional<String> commonName(ChannelPipeline pipeline) {
    SslHandler tls = pipeline.get(SslHandler.class);
    if (tls == null) {
      return Optional.empty();
    }
    try {
      Certificate[] chain = tls.engine().getSession().getPeerCertificates();
      return chain[0] instanceof X509Certificate own
          ? commonName(own.getSubjectX500Principal().getName())
          : Optional.empty();
    } catch (SSLPeerUnverifiedException e) {
      // It has none, which is allowed: it may have a token.
      return Optional.empty();
    }
  }

  /** The same of a subject as RFC 2253 writes it. */
  static Optional<String> commonName(String subject) {
    try {
      List<Object> names =
          new LdapName(subject)
              .getRdns().stream()
                  .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                  .map(Rdn::getValue)
                  .toList();
      return names.size() == 1 ? Optional.of(names.get(0).toString()) : Optional.empty();
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }
}
