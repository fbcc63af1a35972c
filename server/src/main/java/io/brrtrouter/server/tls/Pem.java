package io.brrtrouter.server.tls;

import io.brrtrouter.server.tls.TlsProblem.Part;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A file of certificates or with a private key in textual encoding (RFC 7468 sections 5, 10 and
 * 11). No message repeats anything of a file.
 *
 * @param part what it is for
 * @param file where it is
 * @param text its content
 */
record Pem(Part part, Path file, String text) {
  /** Types that are keys, but not PKCS #8. */
  private static final Pattern OTHER_KEY = Pattern.compile("(RSA|DSA|EC|OPENSSH) PRIVATE KEY");

  private static final String CERTIFICATE = "CERTIFICATE";

  private static final String DASHES = "-----";
  private static final String BEGIN = DASHES + "BEGIN ";
  private static final String END = DASHES + "END ";

  /** What a cut leaves of a boundary outside blocks; lines of more dashes are ornaments. */
  private static final Pattern STRAY = Pattern.compile("-----END |(?m:^-----(?!-))");

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/=\\s]*+");

  private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  /**
   * From a boundary to the one that ends it.
   *
   * @param label what it says to be
   * @param text what is between, base64 if it is sound
   */
  private record Block(String label, String text) {}

  /** {@return the certificates, one at least} */
  List<X509Certificate> certificates() throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks()) {
      if (block.label.equals(CERTIFICATE)) {
        certificates.add(certificate(block));
      } else if (block.label.endsWith(" " + CERTIFICATE)) {
        throw problem(
            "has a certificate in another format than \"-----BEGIN CERTIFICATE-----\"",
            "convert it with \"openssl x509 -in OLD -out NEW\", or take it out");
      }
    }
    if (certificates.isEmpty()) {
      throw problem(
          "has no certificate", "it is a PEM file with \"-----BEGIN CERTIFICATE-----\" in it");
    }
    return certificates;
  }

  private X509Certificate certificate(Block block) throws TlsException {
    try {
      ByteArrayInputStream content = new ByteArrayInputStream(content(block));
      X509Certificate certificate =
          (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(content);
      if (content.available() == 0) {
        return certificate;
      }
    } catch (CertificateException _) {
      // Told below.
    }
    throw problem("has a certificate that cannot be read", "write it anew, it is damaged");
  }

  /** {@return the private key, decrypted by the password where it is encrypted} */
  PrivateKey key(@Nullable String password) throws TlsException {
    for (Block block : blocks()) {
      if (block.label.equals("PRIVATE KEY")) {
        return key(new PKCS8EncodedKeySpec(content(block)));
      }
      if (block.label.equals("ENCRYPTED PRIVATE KEY")) {
        return key(decrypted(block, password));
      }
      if (OTHER_KEY.matcher(block.label).matches()) {
        throw problem(
            "has a key in another format than PKCS #8",
            "convert it with \"openssl pkcs8 -topk8 -nocrypt -in OLD -out NEW\"");
      }
    }
    throw problem(
        "has no private key", "it is a PEM file with \"-----BEGIN PRIVATE KEY-----\" in it");
  }

  private PrivateKey key(PKCS8EncodedKeySpec encoded) throws TlsException {
    for (String algorithm : KEY_ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
      } catch (GeneralSecurityException _) {
        // A key of another algorithm, perhaps.
      }
    }
    throw problem(
        "has a private key that cannot be read", "keys are of RSA, of EC, Ed25519 or Ed448");
  }

  private PKCS8EncodedKeySpec decrypted(Block block, @Nullable String password)
      throws TlsException {
    if (password == null) {
      throw problem(
          "has an encrypted key", "name the file with its password by tls.key_password_file");
    }
    byte[] content = content(block);
    PBEKeySpec characters = new PBEKeySpec(password.toCharArray());
    try {
      EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(content);
      // The parameters of PBES2 name the algorithm, as the JDK calls it (RFC 8018 section 6.2).
      String algorithm = encrypted.getAlgParameters().toString();
      SecretKey secret = SecretKeyFactory.getInstance(algorithm).generateSecret(characters);
      return encrypted.getKeySpec(secret);
    } catch (java.io.IOException | GeneralSecurityException e) {
      throw problem(
          "has a key that its password does not decrypt",
          "the password is the first line of tls.key_password_file, the encryption PBES2");
    } finally {
      characters.clearPassword();
    }
  }

  /**
   * A file that is cut off somewhere is not taken for a shorter one. Text around blocks, as openssl
   * writes it, means nothing (RFC 7468 section 2).
   */
  private List<Block> blocks() throws TlsException {
    List<Block> blocks = new ArrayList<>();
    int at = 0;
    for (int begin; (begin = text.indexOf(BEGIN, at)) >= 0; ) {
      checkOutside(text.substring(at, begin));
      int label = begin + BEGIN.length();
      int labelEnd = boundary(label);
      int content = labelEnd + DASHES.length();
      int contentEnd = boundary(content);
      Block block = new Block(text.substring(label, labelEnd), text.substring(content, contentEnd));
      String end = END + block.label + DASHES;
      if (!text.startsWith(end, contentEnd)) {
        throw cut();
      }
      blocks.add(block);
      at = contentEnd + end.length();
    }
    checkOutside(text.substring(at));
    return blocks;
  }

  private int boundary(int from) throws TlsException {
    int found = text.indexOf(DASHES, from);
    if (found < 0) {
      throw cut();
    }
    return found;
  }

  private void checkOutside(String outside) throws TlsException {
    if (STRAY.matcher(outside).find()) {
      throw cut();
    }
  }

  private TlsException cut() {
    return problem(
        "is cut off or damaged: a \"-----BEGIN\" has no \"-----END\" of the same name, or the other"
            + " way round",
        "write it anew");
  }

  private byte[] content(Block block) throws TlsException {
    try {
      if (BASE64.matcher(block.text).matches()) {
        return Base64.getMimeDecoder().decode(block.text.getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IllegalArgumentException _) {
      // Told below.
    }
    throw problem("is no PEM file: its base64 is damaged", "write it anew");
  }

  private TlsException problem(String message, String fix) {
    return new TlsException(part, file + " " + message, fix);
  }
}
