package io.brrtrouter.security;

import io.brrtrouter.server.auth.Verification;
import java.util.List;

/**
 * Somebody with a password.
 *
 * @param name not empty, without a colon (RFC 7617 section 2)
 * @param hash what stands for the password
 * @param scopes scopes or roles
 */
record User(String name, PasswordHash hash, List<String> scopes) {
  User {
    scopes = List.copyOf(scopes);
  }

  Verification.Accepted accepted() {
    return Verification.accepted(name, scopes);
  }

  @Override
  public String toString() {
    return "User[hidden]";
  }
}
