package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.router.Match;
import org.jspecify.annotations.Nullable;

/**
 * What the gate found out about a request it let through.
 *
 * @param match the path's parameters
 * @param media reads the body; null when none was announced, or nothing can read it
 * @param unlessEmpty why the body is refused should it have content, null if it is not
 * @param principal who sent it; null on a public operation
 */
record Admission(
    Match<?> match,
    @Nullable MediaDecoder media,
    @Nullable Rejection unlessEmpty,
    @Nullable Principal principal) {}
