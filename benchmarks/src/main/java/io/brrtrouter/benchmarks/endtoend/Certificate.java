package io.brrtrouter.benchmarks.endtoend;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;

/** The certificate of a server that is measured. */
final class Certificate {
  private Certificate() {}

  static X509Bundle make() throws Exception {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=localhost")
        .addSanDnsName("localhost")
        .setIsCertificateAuthority(true)
        .buildSelfSigned();
  }
}
