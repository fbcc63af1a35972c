package io.brrtrouter.conformance.http;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Signs tokens with ES256 as they are written, and shows the key as a set. */
final class TokenSigner {
  /** Characters of a signature. */
  static final int SIGNATURE = 86;

  private static final int COORDINATE = 32;

  private final KeyPair pair;

  TokenSigner() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(COORDINATE * Byte.SIZE);
      pair = generator.generateKeyPair();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** {@return a set with the key under each of these names} */
  String keySet(String... names) {
    ECPublicKey key = (ECPublicKey) pair.getPublic();
    String x = coordinate(key.getW().getAffineX());
    String y = coordinate(key.getW().getAffineY());
    return Stream.of(names)
        .map(name ->
            "{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"%s\",\"x\":\"%s\",\"y\":\"%s\"}"
                .formatted(name, x, y))
        .collect(Collectors.joining(",", "{\"keys\":[", "]}"));
  }

  private static String coordinate(BigInteger value) {
    byte[] octets = value.toByteArray();
    byte[] fixed = new byte[COORDINATE];
    int length = Math.min(octets.length, COORDINATE);
    System.arraycopy(octets, octets.length - length, fixed, COORDINATE - length, length);
    return base64(fixed);
  }

  /** {@return header and claims, which are in Base64 already, with their signature} */
  String token(String input) {
    try {
      Signature signer = Signature.getInstance("SHA256withECDSAinP1363Format");
      signer.initSign(pair.getPrivate());
      signer.update(input.getBytes(StandardCharsets.US_ASCII));
      return input + "." + base64(signer.sign());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
