package io.floodmark.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;

/**
 * Hands whichever identity is in force to each handshake. Safe for use by any thread. What it does
 * not have is null, as its interface demands.
 */
final class IdentityKeyManager extends X509ExtendedKeyManager {
  /** An identity under a name of its own, so that a handshake ends with what it began with. */
  private record Named(String alias, Identity identity) {}

  private volatile Named current;

  /** What was in force before: a handshake may have asked for its name only. */
  private volatile Named previous;

  IdentityKeyManager(Identity identity) {
    this.current = new Named("0", identity);
    this.previous = current;
  }

  /** From now on new connections see {@code identity}; for one thread. */
  void use(Identity identity) {
    previous = current;
    current = new Named(String.valueOf(Integer.parseInt(current.alias) + 1), identity);
  }

  @Override
  public String chooseEngineServerAlias(String keyType, Principal[] issuers, SSLEngine engine) {
    return alias(keyType);
  }

  @Override
  public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
    return alias(keyType);
  }

  @Override
  public String[] getServerAliases(String keyType, Principal[] issuers) {
    String alias = alias(keyType);
    return alias == null ? null : new String[] {alias};
  }

  @Override
  public X509Certificate[] getCertificateChain(String alias) {
    Identity identity = find(alias);
    return identity == null ? null : identity.chain().toArray(new X509Certificate[0]);
  }

  @Override
  public PrivateKey getPrivateKey(String alias) {
    Identity identity = find(alias);
    return identity == null ? null : identity.key();
  }

  @Override
  public String[] getClientAliases(String keyType, Principal[] issuers) {
    return null;
  }

  @Override
  public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
    return null;
  }

  private String alias(String keyType) {
    Named now = current;
    return now.identity.key().getAlgorithm().equals(keyType) ? now.alias : null;
  }

  private Identity find(String alias) {
    // In this order: what stops being the current one meanwhile is the previous one by then.
    Named now = current;
    if (now.alias.equals(alias)) {
      return now.identity;
    }
    Named before = previous;
    return before.alias.equals(alias) ? before.identity : null;
  }
}
