package io.brrtrouter.security;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key pair that signs with the JDK alone, and shows its public half as a JWK. */
@SuppressWarnings("exports") // tests are no module of their own
public record TestKey(String kid, KeyPair pair) {
  public static final TestKey RSA = generate("rsa", "RSA", 2048);
  public static final TestKey OTHER_RSA = generate("other-rsa", "RSA", 2048);
  public static final TestKey P256 = generate("p256", "EC", 256);
  public static final TestKey P384 = generate("p384", "EC", 384);
  public static final TestKey P521 = generate("p521", "EC", 521);
  public static final TestKey ED25519 = generate("ed25519", "Ed25519", 255);

  public static TestKey generate(String kid, String algorithm, int size) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      if (size != 255) {
        generator.initialize(size);
      }
      return new TestKey(kid, generator.generateKeyPair());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  /** {@return the public key as JSON, with members more than those of the key itself} */
  public String jwk(String... members) {
    String all = String.join(",", members);
    return "{" + (all.isEmpty() ? "" : all + ",") + material() + "}";
  }

  /** {@return the public key as JSON, under its name} */
  public String namedJwk() {
    return jwk("\"kid\":\"" + kid + "\"");
  }

  private String material() {
    return switch (pair.getPublic()) {
      case RSAPublicKey rsa ->
          "\"kty\":\"RSA\",\"n\":\"%s\",\"e\":\"%s\""
              .formatted(number(rsa.getModulus(), 0), number(rsa.getPublicExponent(), 0));
      case ECPublicKey ec -> {
        int bits = ec.getParams().getCurve().getField().getFieldSize();
        yield "\"kty\":\"EC\",\"crv\":\"P-%d\",\"x\":\"%s\",\"y\":\"%s\""
            .formatted(
                bits,
                number(ec.getW().getAffineX(), (bits + 7) / 8),
                number(ec.getW().getAffineY(), (bits + 7) / 8));
      }
      default -> {
        byte[] encoded = pair.getPublic().getEncoded();
        yield "\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"%s\""
            .formatted(base64(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)));
      }
    };
  }

  private static String number(BigInteger value, int length) {
    byte[] octets = value.toByteArray();
    int sign = octets[0] == 0 ? 1 : 0;
    int digits = octets.length - sign;
    byte[] fixed = new byte[Math.max(length, digits)];
    System.arraycopy(octets, sign, fixed, fixed.length - digits, digits);
    return base64(fixed);
  }

  /** {@return a token of an algorithm whose header names this key} */
  public String token(String algorithm, String claims) {
    return sign(algorithm, "{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, kid), claims);
  }

  /** {@return a token with a header that may say something else than how it is signed} */
  public String sign(String algorithm, String header, String claims) {
    return sign(algorithm, base64(header), base64(claims), pair.getPrivate());
  }

  /** {@return a token of PS256, PS384 or PS512 whose salt has another length than the digest} */
  public String salted(String algorithm, int octets, String claims) {
    String header = "{\"alg\":\"%s\",\"kid\":\"%s\"}".formatted(algorithm, kid);
    return sign(algorithm, base64(header), base64(claims), pair.getPrivate(), octets);
  }

  private static String sign(String algorithm, String header, String claims, PrivateKey key) {
    int salt = algorithm.startsWith("PS") ? Integer.parseInt(algorithm.substring(2)) / 8 : 0;
    return sign(algorithm, header, claims, key, salt);
  }

  private static String sign(
      String algorithm, String header, String claims, PrivateKey key, int salt) {
    String input = header + "." + claims;
    try {
      Signature signer = Signature.getInstance(signature(algorithm));
      if (algorithm.startsWith("PS")) {
        String hash = "SHA-" + algorithm.substring(2);
        signer.setParameter(
            new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(hash), salt, 1));
      }
      signer.initSign(key);
      signer.update(input.getBytes(StandardCharsets.US_ASCII));
      return HandedOut.token(input + "." + base64(signer.sign()));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String signature(String algorithm) {
    String bits = algorithm.substring(2);
    return switch (algorithm.substring(0, 2)) {
      case "RS" -> "SHA" + bits + "withRSA";
      case "PS" -> "RSASSA-PSS";
      case "ES" -> "SHA" + bits + "withECDSAinP1363Format";
      default -> "Ed25519";
    };
  }

  /** {@return a token signed with a secret} */
  public static String hmac(String algorithm, byte[] secret, String header, String claims) {
    String input = base64(header) + "." + base64(claims);
    try {
      String name = "HmacSHA" + algorithm.substring(2);
      Mac mac = Mac.getInstance(name);
      mac.init(new SecretKeySpec(secret, name));
      return HandedOut.token(
          input + "." + base64(mac.doFinal(input.getBytes(StandardCharsets.US_ASCII))));
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  public static String keySet(String... jwks) {
    return "{\"keys\":[" + String.join(",", jwks) + "]}";
  }

  public static String base64(String text) {
    return base64(text.getBytes(StandardCharsets.UTF_8));
  }

  public static String base64(byte[] octets) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
  }
}
