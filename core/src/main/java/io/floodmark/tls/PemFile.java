package io.floodmark.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of textual encodings (RFC 7468), as it was when it was read.
 *
 * @param text all of it; what is no ASCII is in no part that counts
 */
record PemFile(TlsFiles.Part part, Path path, String text) {
  private static final int BYTES_MAX = 1 << 20;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

  private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC");

  static PemFile read(TlsFiles.Part part, Path path) throws UnusableFile {
    try {
      if (Files.size(path) > BYTES_MAX) {
        throw new UnusableFile(part, path, "is longer than 1 MiB: that is no PEM file of one.");
      }
      return new PemFile(
          part, path, new String(Files.readAllBytes(path), StandardCharsets.US_ASCII));
    } catch (NoSuchFileException e) {
      throw new UnusableFile(part, path, "does not exist; name the file, in full.");
    } catch (IOException e) {
      throw new UnusableFile(
          part, path, "cannot be read (" + e + "); let the user that runs us read it.");
    }
  }

  /** All certificates in it, one or more, in their order. */
  List<X509Certificate> certificates() throws UnusableFile {
    List<X509Certificate> found = new ArrayList<>();
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      if (block.group(1).equals("CERTIFICATE")) {
        found.add(certificate(bytes(block)));
      }
    }
    if (found.isEmpty()) {
      throw fault("has no certificate in it: it has to hold -----BEGIN CERTIFICATE-----.");
    }
    return found;
  }

  /** The private key in it. */
  PrivateKey privateKey() throws UnusableFile {
    Matcher block = BLOCK.matcher(text);
    while (block.find()) {
      String label = block.group(1);
      if (label.equals("PRIVATE KEY")) {
        return privateKey(bytes(block));
      }
      if (label.equals("ENCRYPTED PRIVATE KEY")) {
        throw fault(
            "is encrypted, and nobody is there to type its password: write it in the clear with"
                + " openssl pkcs8 -in OLD -out NEW, and let only our user read it.");
      }
      if (label.endsWith("PRIVATE KEY")) {
        throw fault(
            "is a key in the form of \""
                + label
                + "\": make it PKCS#8 with openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW.");
      }
    }
    throw fault("has no key in it: it has to hold -----BEGIN PRIVATE KEY-----.");
  }

  UnusableFile fault(String why) {
    return new UnusableFile(part, path, why);
  }

  private byte[] bytes(Matcher block) throws UnusableFile {
    try {
      return Base64.getMimeDecoder().decode(block.group(2));
    } catch (IllegalArgumentException e) {
      throw fault("is damaged: what stands under " + block.group(1) + " is no base 64.");
    }
  }

  private X509Certificate certificate(byte[] der) throws UnusableFile {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException e) {
      throw fault("is damaged: a certificate in it cannot be read.");
    }
  }

  private PrivateKey privateKey(byte[] der) throws UnusableFile {
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der));
      } catch (InvalidKeySpecException e) {
        // Of the other kind, or of none that we take: tried next, or refused below.
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has " + algorithm + " keys.", e);
      }
    }
    throw fault("is no RSA key and no EC key, or damaged: make one of these.");
  }

  /** Whether {@code key} is the other half of the key in {@code certificate}. */
  static boolean fit(PrivateKey key, X509Certificate certificate) {
    String algorithm = "SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
    byte[] sample = "Do these two belong together?".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(sample);
      byte[] signature = signer.sign();
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(certificate.getPublicKey());
      verifier.update(sample);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      // One is RSA, the other EC, or they are of different curves.
      return false;
    }
  }
}
