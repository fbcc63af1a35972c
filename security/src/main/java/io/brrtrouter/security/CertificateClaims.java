package io.brrtrouter.security;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.security.auth.x500.X500Principal;

/** What a certificate says, as claims of a principal. */
final class CertificateClaims {
  private CertificateClaims() {}

  static String distinguishedName(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
  }

  /** {@return {@code dn}, {@code san}, {@code serial} and {@code fingerprint}} */
  static Map<String, Object> of(X509Certificate certificate, List<String> names)
      throws GeneralSecurityException {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    Map<String, Object> claims = new LinkedHashMap<>();
    claims.put("dn", distinguishedName(certificate));
    claims.put("san", names);
    claims.put("serial", certificate.getSerialNumber().toString(16));
    claims.put("fingerprint", "sha256:" + HexFormat.of().formatHex(digest));
    return claims;
  }
}
