package io.brrtrouter.server.dispatch;

import io.brrtrouter.server.auth.Principal;
import io.brrtrouter.server.decode.MediaDecoder;
import io.brrtrouter.server.limit.Standing;
import io.brrtrouter.server.router.Match;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gate found out about a request it let through.
 *
 * @param match the path's parameters
 * @param media reads the body; null when none was announced, or nothing can read it
 * @param unlessEmpty why the body is refused should it have content, null if it is not
 * @param principals who sent it, one for each scheme of the satisfied requirement; none when
 *     anybody may
 * @param standing where the client stands after this request; null where nothing is limited
 */
record Admission(
    Match<?> match,
    @Nullable MediaDecoder media,
    @Nullable Rejection unlessEmpty,
    List<Principal> principals,
    @Nullable Standing standing) {}
