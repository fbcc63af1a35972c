/** What stands for passwords, and whether a password is the one. Knows no users and no HTTP. */
@NullMarked
package io.brrtrouter.security.password;

import org.jspecify.annotations.NullMarked;
