package io.brrtrouter.examples.petstore.shop;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A customer. Nothing checks passwords here, so none is kept.
 *
 * @param name the name to sign in with
 * @param fullName the name in full
 * @param email null when kept secret
 * @param memberSince when the user signed up
 */
public record User(
    String name, String fullName, @Nullable String email, @Nullable LocalDate memberSince) {}
