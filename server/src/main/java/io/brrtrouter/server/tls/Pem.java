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
import java.util.regex.Matcher;
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

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA", "RSASSA-PSS");

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Block(String label, byte[] content) {}

  /** {@return the certificates, one at least} */
  List<X509Certificate> certificates() throws TlsException {
    List<X509Certificate> certificates = new ArrayList<>();
    for (Block block : blocks()) {
      if (block.label.equals("CERTIFICATE")) {
        certificates.add(certificate(block));
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
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(block.content));
    } catch (CertificateException e) {
      throw problem("has a certificate that cannot be read", "write it anew, it is damaged");
    }
  }

  /** {@return the private key, decrypted by the password where it is encrypted} */
  PrivateKey key(@Nullable String password) throws TlsException {
    for (Block block : blocks()) {
      if (block.label.equals("PRIVATE KEY")) {
        return key(new PKCS8EncodedKeySpec(block.content));
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
    PBEKeySpec characters = new PBEKeySpec(password.toCharArray());
    try {
      EncryptedPrivateKeyInfo encrypted = new EncryptedPrivateKeyInfo(block.content);
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

  private List<Block> blocks() throws TlsException {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      try {
        byte[] octets = matcher.group(2).getBytes(StandardCharsets.US_ASCII);
        blocks.add(new Block(matcher.group(1), Base64.getMimeDecoder().decode(octets)));
      } catch (IllegalArgumentException e) {
        throw problem("is no PEM file: its base64 is damaged", "write it anew");
      }
    }
    return blocks;
  }

  private TlsException problem(String message, String fix) {
    return new TlsException(part, file + " " + message, fix);
  }
}
